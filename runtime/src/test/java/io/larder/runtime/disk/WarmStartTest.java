package io.larder.runtime.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.codec.TierKey;
import io.larder.runtime.disk.WarmStart.HotKey;
import io.larder.runtime.time.FakeClock;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarmStartTest {

  @TempDir Path directory;

  private final FakeClock clock = new FakeClock();

  private DiskStore open() {
    return DiskFixtures.open(
        DiskSettings.of(directory).withMaximumBytes(DiskSettings.LEAST_BYTES), clock);
  }

  private static HotKey hot(TierKey key) {
    return new HotKey(key.cache(), key.identity());
  }

  @Test
  void restart_whatWasHot_isReadAhead_andCountedWhenItIsUsed() {
    TierKey a = DiskFixtures.key("a");
    TierKey b = DiskFixtures.key("b");
    try (DiskStore store = open();
        WarmStart warm = WarmStart.begin(store, () -> List.of(hot(a), hot(b)))) {
      DiskTier tier = store.tier(DiskFixtures.CACHE);
      tier.put(a, DiskFixtures.entry("one", clock, store.stamp()));
      tier.put(b, DiskFixtures.entry("two", clock, store.stamp()));
      await().until(() -> warm.figures().state().equals("done")); // of nothing
    }

    try (DiskStore store = open();
        WarmStart warm = WarmStart.begin(store, List::of)) {
      await().until(() -> warm.figures().read() == 2);
      warm.looked(b);
      warm.looked(DiskFixtures.key("c"));
      assertThat(warm.figures().used()).isEqualTo(1);
      assertThat(store.staging().size()).isEqualTo(2);
      DiskTier tier = store.tier(DiskFixtures.CACHE);
      assertThat(DiskFixtures.read(tier, a)).isEqualTo("one");
      assertThat(store.staging().size()).as("memory has it now").isEqualTo(1);
      assertThat(DiskFixtures.read(tier, a)).isEqualTo("one");

      tier.put(b, DiskFixtures.entry("newer", clock, store.stamp()));
      assertThat(DiskFixtures.read(tier, b)).isEqualTo("newer");
    }
  }

  @Test
  void restart_readAheadAndThenInvalidated_isNotFound() {
    TierKey a = DiskFixtures.key("a");
    leaveHot(a, /* others= */ 0);

    try (DiskStore store = open();
        WarmStart warm = WarmStart.begin(store, List::of)) {
      await().until(() -> warm.figures().read() == 1);
      store.tier(DiskFixtures.CACHE).invalidate(a.group());
      assertThat(DiskFixtures.read(store.tier(DiskFixtures.CACHE), a)).isNull();
    }
  }

  /** Ends a store with "one" under a key that is used most, and with others after it. */
  private void leaveHot(TierKey key, int others) {
    try (DiskStore store = open();
        WarmStart warm = WarmStart.begin(store, () -> List.of(hot(key)))) {
      store.tier(DiskFixtures.CACHE).put(key, DiskFixtures.entry("one", clock, store.stamp()));
      fill(store, "before", others);
      await().until(() -> warm.figures().state().equals("done")); // of nothing
    }
  }

  /** Entries that take more than the place has. */
  private void fill(DiskStore store, String name, int entries) {
    DiskTier tier = store.tier(DiskFixtures.CACHE);
    for (int i = 0; i < entries; i++) {
      var entry = DiskFixtures.entry("v".repeat(2_000), clock, store.stamp());
      assertThat(tier.store(DiskFixtures.key(name + i), entry)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void restart_whatIsReadAhead_isKeptLongerOnlyIfItIsAskedFor(boolean asked) {
    TierKey a = DiskFixtures.key("a");
    leaveHot(a, /* others= */ 2_000);

    try (DiskStore store = open();
        WarmStart warm = WarmStart.begin(store, List::of)) {
      await().until(() -> warm.figures().read() == 1);
      DiskTier tier = store.tier(DiskFixtures.CACHE);
      if (asked) {
        assertThat(DiskFixtures.read(tier, a)).isEqualTo("one");
      }
      fill(store, "after", 5_000);
      assertThat(DiskFixtures.read(tier, DiskFixtures.key("before1"))).isNull();
      assertThat(store.figures().secondChances()).isEqualTo(asked ? 1 : 0);
    }
  }

  @Test
  void restart_segmentOfWhatIsReadAheadIsDropped_itsInvalidationHolds() {
    TierKey a = DiskFixtures.key("a");
    leaveHot(a, /* others= */ 0);

    try (DiskStore store = open();
        WarmStart warm = WarmStart.begin(store, List::of)) {
      await().until(() -> warm.figures().read() == 1);
      DiskTier tier = store.tier(DiskFixtures.CACHE);
      fill(store, "after", 5_000);
      tier.invalidate(a.group());
      assertThat(DiskFixtures.read(tier, a)).isNull();
    }
  }

  @Test
  void hottest_throws_nothingHappens() {
    try (DiskStore store = open();
        WarmStart warm =
            WarmStart.begin(
                store,
                () -> {
                  throw new IllegalStateException("of a key");
                })) {
      await().until(() -> warm.figures().state().equals("done"));
    }
  }
}
