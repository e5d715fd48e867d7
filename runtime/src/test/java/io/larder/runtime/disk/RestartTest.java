package io.larder.runtime.disk;

import static io.larder.runtime.disk.DiskFixtures.entry;
import static io.larder.runtime.disk.DiskFixtures.key;
import static io.larder.runtime.disk.DiskFixtures.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.model.Health;
import io.larder.runtime.time.FakeClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM finds that the one before left. */
class RestartTest {

  private static final BootId THIS_BOOT = new BootId(1, 2);
  private static final BootId NEXT_BOOT = new BootId(3, 4);

  @TempDir Path parent;

  private final FakeClock clock = new FakeClock();
  private final List<DiskStore> stores = new ArrayList<>();
  private final Map<DiskStore, DiskTier> tiers = new HashMap<>();
  private long wallMillis = 1_000_000_000_000L;

  @AfterEach
  void close() {
    stores.forEach(DiskStore::close);
  }

  private DiskStore open(String directory) {
    return open(directory, THIS_BOOT);
  }

  private DiskStore open(String directory, BootId boot) {
    return opened(begin(settings(directory), boot));
  }

  private DiskSettings settings(String directory) {
    return DiskSettings.of(parent.resolve(directory)).withMaximumBytes(DiskSettings.LEAST_BYTES);
  }

  /** A store that is being opened. */
  private DiskStore begin(DiskSettings settings, BootId boot) {
    DiskStore store =
        DiskStore.open(
            settings, EnvelopeFormat.plain(), clock, wallMillis, boot, /* files= */ null);
    stores.add(store);
    return store;
  }

  private static DiskStore opened(DiskStore store) {
    await().until(() -> store.state().health() == Health.UP);
    return store;
  }

  /** What a JVM leaves that filled its store and ended by itself. */
  private DiskStore fillAndClose(String directory) {
    DiskStore store = open(directory);
    fill(store);
    store.close();
    return store;
  }

  private DiskTier tier(DiskStore store) {
    return tiers.computeIfAbsent(store, of -> of.tier(DiskFixtures.CACHE));
  }

  private void fill(DiskStore store) {
    for (int i = 0; i < 1_000; i++) {
      assertThat(
              tier(store)
                  .store(key("k" + i), entry("v" + i, clock, store.stamp(), "t" + i % 10, "u" + i)))
          .isTrue();
    }
  }

  private DiskStore killAndOpen(String directory, String copy) {
    DiskFolder.copyAsKilled(parent.resolve(directory), parent.resolve(copy));
    return open(copy);
  }

  private void assertWarm(DiskStore store, int from) {
    for (int i = from; i < 1_000; i++) {
      assertThat(read(tier(store), key("k" + i))).isEqualTo("v" + i);
    }
  }

  @Test
  void open_closedCleanly_isWarm() {
    fillAndClose("a");
    DiskStore after = open("a");
    assertWarm(after, 0);
    assertThat(after.figures().salvage()).isEqualTo("closed cleanly");
    assertThat(after.figures().lastCleanCloseMillis()).isPositive();
    assertThat(after.figures().entries()).isEqualTo(1_000);
    assertThat(tier(after).diskStatistics().hits()).isEqualTo(1_000);
  }

  @Test
  void open_killed_isWarm() {
    fill(open("a"));
    DiskStore after = killAndOpen("a", "b");
    assertWarm(after, 0);
    assertThat(after.figures().salvagedEntries()).isEqualTo(1_000);
    assertThat(after.figures().salvage()).isEqualTo("salvaged 1000 entries of seg-1-1");
  }

  @Test
  void open_killedTwice_isWarm() {
    fill(open("a"));
    killAndOpen("a", "b");
    DiskStore after = killAndOpen("b", "c");
    assertWarm(after, 0);
  }

  @Test
  void open_afterTheMachineEnded_isEmpty() {
    fill(open("a"));
    DiskFolder.copyAsKilled(parent.resolve("a"), parent.resolve("b"));
    DiskStore after = open("b", NEXT_BOOT);
    assertThat(after.figures().entries()).isZero();
    assertThat(after.figures().salvage())
        .isEqualTo("began empty: the machine ended before the files were closed");
  }

  @Test
  void open_closedAndTheMachineEnded_isWarm() {
    fillAndClose("a");
    assertWarm(open("a", NEXT_BOOT), 0);
  }

  @Test
  void open_invalidatedAndKilled_staysGone() {
    DiskStore before = open("a");
    fill(before);
    tier(before).remove(key("k0"));
    before.invalidateTag(DiskFixtures.CACHE, "t1");
    before.invalidateTag("", "t2");
    before.invalidateTag("other", "t3");
    DiskStore after = killAndOpen("a", "b");
    assertThat(read(tier(after), key("k0"))).isNull();
    assertThat(read(tier(after), key("k10"))).isEqualTo("v10");
    assertThat(read(tier(after), key("k11"))).isNull();
    assertThat(read(tier(after), key("k12"))).isNull();
    assertThat(read(tier(after), key("k13"))).isEqualTo("v13");
    DiskStore third = killAndOpen("b", "c");
    assertThat(read(tier(third), key("k0"))).isNull();
    assertThat(read(tier(third), key("k11"))).isNull();
    assertThat(read(tier(third), key("k12"))).isNull();
    tier(third).clear();
    third.close();
    assertThat(read(tier(open("c")), key("k13"))).isNull();
  }

  @Test
  void open_allInvalidatedBeforeACacheWasUsed_staysGone() {
    fillAndClose("a");
    DiskStore second = open("a");
    second.invalidateAll();
    assertThat(read(tier(second), key("k1"))).isNull();
    DiskStore after = killAndOpen("a", "b");
    assertThat(read(tier(after), key("k2"))).isNull();
    tier(after).put(key("k2"), entry("new", clock, after.stamp()));
    assertThat(read(tier(after), key("k2"))).isEqualTo("new");
  }

  @Test
  void open_anotherApplication_hasItsOwn() {
    fillAndClose("a");
    DiskStore other = opened(begin(settings("a").withApplication("another"), THIS_BOOT));
    assertThat(read(tier(other), key("k1"))).isNull();
    other.close();
    assertThat(read(tier(open("a")), key("k1"))).isEqualTo("v1");
  }

  @Test
  void open_invalidatedAfterClose_staysGone() {
    DiskStore before = fillAndClose("a");
    tier(before).remove(key("k0"));
    DiskStore after = open("a");
    assertThat(read(tier(after), key("k0"))).isNull();
    assertThat(read(tier(after), key("k1"))).isEqualTo("v1");
  }

  @Test
  void open_invalidatedWhileOpening_staysGone() {
    fillAndClose("a");
    DiskStore opening = begin(settings("a").withDeadline(Duration.ofMinutes(1)), THIS_BOOT);
    tier(opening).remove(key("k0")); // who waits in vain has all void
    DiskStore killed = killAndOpen("a", "b");
    assertThat(read(tier(killed), key("k0"))).isNull();
    opened(opening);
    assertThat(read(tier(opening), key("k0"))).isNull();
    assertWarm(opening, 1);
  }

  @Test
  void open_logDamagedAtItsEnd_nothingOfItHolds() throws IOException {
    DiskStore before = open("a");
    fill(before);
    tier(before).remove(key("k1"));
    tier(before).remove(key("k2"));
    before.close();
    Path log = DiskFolder.files(parent.resolve("a")).get(0).resolveSibling("log-1");
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.seek(4096 + 24);
      file.writeLong(7);
    }
    DiskStore after = open("a");
    assertThat(read(tier(after), key("k3"))).isNull();
    assertThat(tier(after).store(key("k1"), entry("new", clock, after.stamp()))).isTrue();
    assertThat(read(tier(after), key("k1"))).isEqualTo("new");
  }

  @Test
  void store_stampFromBeforeTheOpening_counts() {
    open("a").close();
    DiskStore store = begin(settings("a"), THIS_BOOT);
    long stamp = store.stamp();
    tier(store).remove(key("gone"));
    opened(store);
    assertThat(tier(store).store(key("k"), entry("v", clock, stamp))).isTrue();
    assertThat(tier(store).store(key("gone"), entry("v", clock, stamp))).isFalse();
    assertThat(read(tier(store), key("k"))).isEqualTo("v");
  }

  @Test
  void read_clockSetBackMeanwhile_expiresInTime() {
    DiskStore before = open("a");
    fill(before);
    clock.advance(Duration.ofHours(23));
    before.close();
    wallMillis += Duration.ofHours(22).toMillis();
    DiskStore after = open("a");
    assertWarm(after, 0);
    clock.advance(Duration.ofHours(1));
    assertThat(read(tier(after), key("k1"))).isNull();
  }

  @Test
  void open_leftByAClockThatWasWrong_isEmpty() {
    fillAndClose("a");
    wallMillis -= Duration.ofDays(300).toMillis();
    assertThat(open("a").figures().salvage())
        .isEqualTo("began empty: what is there is of a time to come");
  }

  @Test
  void open_anotherJvmOfTheApplicationWasThereSince_isEmpty() {
    DiskStore first = open("a");
    fill(first);
    DiskStore second = open("a");
    first.close();
    clock.advance(Duration.ofSeconds(5));
    second.close();
    clock.advance(Duration.ofSeconds(5));
    DiskStore third = open("a");
    assertThat(third.figures().salvage())
        .isEqualTo("began empty: another JVM of this application was there since");
    assertThat(read(tier(third), key("k1"))).isNull();
  }

  @Test
  void read_clockSetForwardMeanwhile_expiresEarly() {
    fillAndClose("a");
    wallMillis += Duration.ofHours(25).toMillis();
    assertThat(read(tier(open("a")), key("k1"))).isNull();
  }

  @Test
  void read_otherClasses_isAMiss() {
    fillAndClose("a");
    DiskStore after = open("a");
    assertThat(read(tier(after), key("k1", new DiskFixtures.TextCodec(2)))).isNull();
    assertThat(tier(after).diskStatistics().misses()).containsEntry(DiskMiss.FOREIGN, 1L);
    assertThat(read(tier(after), key("k1"))).isEqualTo("v1");
  }

  @Test
  void open_twoAtATime_eachHasItsPlace() {
    DiskStore one = open("a");
    DiskStore other = open("a");
    tier(one).put(key("k"), entry("one", clock, one.stamp()));
    tier(other).put(key("k"), entry("other", clock, other.stamp()));
    assertThat(read(tier(one), key("k"))).isEqualTo("one");
    assertThat(read(tier(other), key("k"))).isEqualTo("other");
    assertThat(other.figures().place()).endsWith("-2");
  }
}
