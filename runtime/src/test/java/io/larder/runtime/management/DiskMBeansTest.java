package io.larder.runtime.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.behind.WriteBehind;
import io.larder.runtime.behind.WriteBehindStatistics;
import io.larder.runtime.codec.AllowedClasses;
import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.codec.ValueCodecs;
import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.disk.DiskSettings;
import io.larder.runtime.disk.DiskStore;
import io.larder.runtime.disk.DiskTier;
import io.larder.runtime.disk.DiskTierStatistics;
import io.larder.runtime.disk.WarmStartFigures;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Health;
import io.larder.runtime.model.Lineage;
import io.larder.runtime.policy.PolicySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.Notification;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The disk, as the operator sees it. */
class DiskMBeansTest extends ManagedCaches {

  private static final long MAXIMUM_BYTES = 32 << 20;

  @TempDir private Path directory;
  private DiskStore store;
  private KeptThere kept;

  @BeforeEach
  void open() {
    store =
        DiskStore.open(
            DiskSettings.of(directory).withMaximumBytes(MAXIMUM_BYTES),
            EnvelopeFormat.plain(),
            clock);
    await().until(() -> store.state().health() == Health.UP);
    kept =
        new KeptThere(
            store, new WriteBehind(10, Long.MAX_VALUE, entry -> 0, Duration.ofSeconds(1), clock));
  }

  @AfterEach
  void close() {
    kept.behind.close();
    store.close();
  }

  private Management managed(String mode) {
    Management made = manage(mode);
    made.created(kept);
    made.attempt();
    return made;
  }

  private Cache managedPricesOnDisk(String mode) {
    Management made = managed(mode);
    Cache cache = registry.getOrCreate(APP, "prices", PolicySettings.NONE);
    made.attempt();
    return cache;
  }

  private static ObjectName backend() throws JMException {
    return new ObjectName("io.larder:type=Backend,name=disk");
  }

  private static ObjectName tier() throws JMException {
    return new ObjectName(prices() + ",tier=disk");
  }

  private static TierKey key(String text) throws NotStorableException {
    KeyHash hash = KeyHash.of(text.getBytes(UTF_8));
    return new TierKey(
        "prices",
        hash,
        hash,
        ValueCodecs.of("string", APP, String.class, AllowedClasses.none()),
        /* ttlMillis= */ 0);
  }

  private Entry entry(String value) {
    Lineage lineage = new Lineage(List.of(), /* bornAt= */ 0, store.stamp());
    return new Entry(value, clock.nanos(), /* loadNanos= */ 5, /* bytes= */ 0, lineage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"full", "read-only"})
  void attributes_areReadableDescribedAndOfOpenTypes(String mode) throws Exception {
    Cache prices = managedPricesOnDisk(mode);
    assertDescribedAndOfOpenTypes(backend(), mode, "Enabled");
    assertDescribedAndOfOpenTypes(tier(), mode, "Enabled");
    assertThat(prices.name()).isEqualTo("prices");
  }

  @Test
  void backend_shows_whatThereIsOnDisk() throws Exception {
    managed("full");
    DiskTier tier = store.tier("prices");
    tier.put(key("a"), entry("one"));
    tier.put(key("b"), entry("two"));
    tier.put(key("b"), entry("three"));
    tier.invalidate(key("a").group());

    assertThat(get(backend(), "Health")).isEqualTo("UP");
    assertThat(get(backend(), "LastError")).isEqualTo("");
    assertThat(Instant.parse((String) get(backend(), "HealthSince"))).isBefore(Instant.now());
    assertThat((String) get(backend(), "Directory")).startsWith(directory.toString());
    assertThat(get(backend(), "MaximumBytes")).isEqualTo(MAXIMUM_BYTES);
    assertThat((Long) get(backend(), "FileBytes")).isBetween(1L, MAXIMUM_BYTES);
    assertThat((Long) get(backend(), "FreeBytes")).isPositive();
    assertThat(get(backend(), "EntryCount")).isEqualTo(2L);
    assertThat((Double) get(backend(), "FragmentationRatio")).isBetween(0.2, 0.5);
    assertThat(get(backend(), "TombstoneCount")).isEqualTo(1L);
    assertThat(get(backend(), "OpeningCount")).isEqualTo(1L);
    assertThat((Long) get(backend(), "OpenMillis")).isNotNegative();
    assertThat(get(backend(), "LastCleanClose")).isEqualTo(""); // nobody was there before
    assertThat(get(backend(), "WarmStart")).isEqualTo("off");
    assertThat(get(backend(), "QueueLength")).isEqualTo(0);
    assertThat(get(backend(), "WriteP99Micros")).isEqualTo(0.0); // the clock stands still
  }

  @Test
  void check_saysWhatItFound_alsoReadOnly() throws Exception {
    managed("read-only");
    store.tier("prices").put(key("a"), entry("one"));
    assertThat((String) invoke(backend(), "check"))
        .matches("Of the entries in \\d+ segments 1 count, 0 do not any more, 0 are damaged\\.");
  }

  @Test
  void compact_saysWhatItFreed() throws Exception {
    managed("full");
    assertThat(invoke(backend(), "compact"))
        .isEqualTo("Rewrote 0 segments of 0 MiB, with what still counts.");
  }

  @Test
  void enabled_off_findsNothingAndTells() throws Exception {
    Management made = managed("full");
    DiskTier tier = store.tier("prices");
    tier.put(key("a"), entry("one"));
    List<Notification> told = new ArrayList<>();
    server.addNotificationListener(larder(), (each, handback) -> told.add(each), null, null);

    set(backend(), "Enabled", false);
    made.attempt();
    assertThat(get(backend(), "Health")).isEqualTo("OFF");
    assertThat(get(backend(), "LastError")).isEqualTo("switched off");
    assertThat(tier.get(key("a"))).isNull();

    set(backend(), "Enabled", true);
    made.attempt();
    assertThat(get(backend(), "Enabled")).isEqualTo(true);
    assertThat(tier.get(key("a"))).isNotNull();
    assertThat(told)
        .extracting(Notification::getMessage)
        .containsExactly("INFO disk is switched off", "INFO disk is up");
  }

  @Test
  void readOnly_refusesWhatChanges() throws Exception {
    Cache prices = managedPricesOnDisk("read-only");
    assertThatThrownBy(() -> set(backend(), "Enabled", false))
        .hasMessage("Enabled cannot be set: Larder was started with management=read-only");
    assertThatThrownBy(() -> invoke(backend(), "compact"))
        .hasMessage("compact is not allowed: Larder was started with management=read-only");
    assertThatThrownBy(() -> set(tier(), "Enabled", false))
        .hasMessage("Enabled cannot be set: Larder was started with management=read-only");
    assertThatThrownBy(() -> invoke(tier(), "clear", true))
        .hasMessage("clear is not allowed: Larder was started with management=read-only");
    assertThat(store.state().health()).isEqualTo(Health.UP);
    assertThat(prices.policy().sharing().tiers()).contains("disk");
  }

  @Test
  void tier_counts_whatTheCacheDid() throws Exception {
    Cache prices = managedPricesOnDisk("full");
    DiskTier tier = kept.tier;
    tier.put(key("a"), entry("one"));
    assertThat(tier.get(key("a"))).isNotNull();
    assertThat(tier.get(key("b"))).isNull();
    tier.invalidate(key("a").group());
    assertThat(tier.get(key("a"))).isNull();

    assertThat(get(tier(), "PutCount")).isEqualTo(1L);
    assertThat(get(tier(), "HitCount")).isEqualTo(1L);
    assertThat(get(tier(), "MissCount")).isEqualTo(2L);
    assertThat(get(tier(), "MissAbsentCount")).isEqualTo(1L);
    assertThat(get(tier(), "MissInvalidatedCount")).isEqualTo(1L);
    assertThat(get(tier(), "InvalidationCount")).isEqualTo(1L);
    assertThat(get(tier(), "SkippedCount")).isEqualTo(3L);
    assertThat(get(tier(), "LeftOutCount")).isEqualTo(4L);
    for (String none :
        List.of("ErrorCount", "NotStorableCount", "PromotionCount", "DroppedCount")) {
      assertThat(get(tier(), none)).as(none).isEqualTo(0L);
    }
    assertThat(get(tier(), "LastError")).isEqualTo("its argument has no bytes");
    assertThat(get(tier(), "Health")).isEqualTo("OFF"); // this registry has no tier behind memory
    assertThat(prices.name()).isEqualTo("prices");
  }

  @Test
  void tier_enabled_isTheCachesSettingTiers() throws Exception {
    Cache prices = managedPricesOnDisk("full");
    set(tier(), "Enabled", false);
    assertThat(prices.policy().sharing().tiers()).containsExactly("memory", "redis");
    set(tier(), "Enabled", true);
    assertThat(prices.policy().sharing().tiers()).containsExactly("memory", "disk", "redis");
  }

  @Test
  void tier_clear_forgetsTheCache() throws Exception {
    Cache prices = managedPricesOnDisk("full");
    put(prices, 2);
    assertThat(invoke(tier(), "clear", true))
        .isEqualTo(
            "Would forget all results of this cache in all tiers, here and in all JVMs that share"
                + " it.");
    assertThat(prices.memory().statistics().entries()).isEqualTo(2);
    assertThat(invoke(tier(), "clear", false))
        .isEqualTo(
            "Forgot all results of this cache in all tiers, here and in all JVMs that share it; 2"
                + " of them were in this memory.");
    assertThat(prices.memory().statistics().entries()).isZero();
  }

  @Test
  void tier_ofACacheThatIsGone_isGone() throws Exception {
    Cache prices = managedPricesOnDisk("full");
    registry.collected(handles.get(0));
    assertThatThrownBy(() -> get(tier(), "Health")).isInstanceOf(InstanceNotFoundException.class);
    assertThat(prices.name()).isEqualTo("prices");
  }

  /** The disk, with some decisions that were made without asking it. */
  private static final class KeptThere implements DiskView {

    final DiskTier tier;
    final WriteBehind behind;
    private final DiskStore store;

    KeptThere(DiskStore store, WriteBehind behind) {
      this.store = store;
      this.tier = store.tier("prices");
      this.behind = behind;
    }

    @Override
    public DiskStore store() {
      return store;
    }

    @Override
    public DiskTierStatistics statistics(String cache) {
      return tier.diskStatistics();
    }

    @Override
    public Decisions decisions(String cache) {
      return new Decisions(
          /* skipped= */ 3, /* leftOut= */ 4, /* whyLocal= */ "its argument has no bytes");
    }

    @Override
    public WarmStartFigures warmStart() {
      return WarmStartFigures.NONE;
    }

    @Override
    public WriteBehindStatistics writeBehind() {
      return behind.statistics();
    }
  }
}
