package io.larder.runtime.disk;

import static io.larder.runtime.disk.DiskFixtures.entry;
import static io.larder.runtime.disk.DiskFixtures.key;
import static io.larder.runtime.disk.DiskFixtures.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.model.Health;
import io.larder.runtime.time.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While the application starts the disk is left alone, unless somebody needs it. */
class StartPauseTest {

  @TempDir private Path parent;

  private final FakeClock clock = new FakeClock();
  private final List<DiskStore> stores = new ArrayList<>();

  @AfterEach
  void close() {
    stores.forEach(DiskStore::close);
  }

  private DiskStore open(String directory, Duration pause) {
    DiskSettings settings =
        DiskSettings.of(parent.resolve(directory)).withMaximumBytes(DiskSettings.LEAST_BYTES);
    DiskStore store = DiskStore.open(settings, EnvelopeFormat.plain(), clock, pause);
    stores.add(store);
    return store;
  }

  private DiskStore opened(String directory) {
    DiskStore store = open(directory, Duration.ZERO);
    await().until(() -> store.state().health() == Health.UP);
    return store;
  }

  private DiskStore filled(String directory) {
    DiskStore store = opened(directory);
    DiskTier tier = store.tier(DiskFixtures.CACHE);
    assertThat(tier.store(key("k"), entry("v", clock, store.stamp()))).isTrue();
    assertThat(tier.store(key("kept"), entry("v", clock, store.stamp()))).isTrue();
    return store;
  }

  @Test
  void open_nobodyNeedsIt_waits() {
    DiskStore store = open("a", Duration.ofDays(1));
    assertThat(store.state().reason()).isEqualTo(DiskState.WARMING);
    assertThat(parent.resolve("a")).doesNotExist();
  }

  @Test
  void open_pauseIsOver_opens() {
    DiskStore store = open("a", Duration.ofMillis(1));
    await().until(() -> store.state().health() == Health.UP);
  }

  @Test
  void find_duringThePause_opens() {
    filled("a").close();
    DiskStore store = open("a", Duration.ofDays(1));
    DiskTier tier = store.tier(DiskFixtures.CACHE);
    assertThat(read(tier, key("k"))).isNull(); // and does not wait
    await().until(() -> store.state().health() == Health.UP);
    assertThat(read(tier, key("k"))).isEqualTo("v");
  }

  @Test
  void invalidate_duringThePause_holdsAfterAKill() {
    filled("a").close();
    DiskStore paused = open("a", Duration.ofDays(1));
    paused.tier(DiskFixtures.CACHE).invalidate(key("k").group());
    await().until(() -> paused.state().health() == Health.UP);
    DiskFolder.copyAsKilled(parent.resolve("a"), parent.resolve("b"));
    DiskTier after = opened("b").tier(DiskFixtures.CACHE);
    assertThat(read(after, key("k"))).isNull();
    assertThat(read(after, key("kept"))).isEqualTo("v");
  }

  @Test
  void close_duringThePause_leavesAllForTheNext() {
    filled("a").close();
    open("a", Duration.ofDays(1)).close();
    assertThat(read(opened("a").tier(DiskFixtures.CACHE), key("k"))).isEqualTo("v");
  }
}
