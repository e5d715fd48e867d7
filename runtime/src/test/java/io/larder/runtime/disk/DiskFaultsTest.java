package io.larder.runtime.disk;

import static io.larder.runtime.disk.DiskFixtures.entry;
import static io.larder.runtime.disk.DiskFixtures.key;
import static io.larder.runtime.disk.DiskFixtures.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Health;
import io.larder.runtime.time.FakeClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a disk and those who use it can do to the files: the application never notices. */
class DiskFaultsTest {

  private static final int KEYS = 5_000;

  @TempDir Path directory;

  private final FakeClock clock = new FakeClock();
  private final List<DiskStore> stores = new ArrayList<>();

  @AfterEach
  void close(LoggedLines lines) {
    stores.forEach(DiskStore::close);
    lines.takeWarnings(); // each test breaks something
  }

  private DiskStore open(Path where) {
    DiskStore store =
        DiskStore.open(
            DiskSettings.of(where).withMaximumBytes(DiskSettings.LEAST_BYTES),
            EnvelopeFormat.plain(),
            clock);
    stores.add(store);
    return store;
  }

  private DiskStore openAndFill() {
    DiskStore store = open(directory);
    await().until(() -> store.state().health() == Health.UP);
    DiskTier tier = store.tier(DiskFixtures.CACHE);
    for (int i = 0; i < KEYS; i++) {
      assertThat(tier.store(key("k" + i), value(store, i))).isTrue();
    }
    for (int round = 0; round < 5; round++) { // until it is compiled
      assertThat(readAll(tier)).isEqualTo(KEYS);
    }
    return store;
  }

  private Entry value(DiskStore store, int i) {
    return entry("v" + i + "x".repeat(500), clock, store.stamp(), "t");
  }

  /** How many there are; what is there has to be right. */
  private static int readAll(DiskTier tier) {
    int found = 0;
    for (int i = 0; i < KEYS; i++) {
      String value = read(tier, key("k" + i));
      if (value != null) {
        assertThat(value).startsWith("v" + i + "x");
        found++;
      }
    }
    return found;
  }

  private Path file(String start) {
    return DiskFolder.files(directory).stream()
        .filter(each -> each.getFileName().toString().startsWith(start))
        .findFirst()
        .orElseThrow();
  }

  private static void cut(Path file) throws IOException {
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      opened.setLength(0);
    }
  }

  private void assertGoesDownAndComesBack(DiskStore store) {
    DiskTier tier = store.tier(DiskFixtures.CACHE);
    await().until(() -> store.figures().openings() >= 2 && store.state().health() == Health.UP);
    assertThat(store.figures().place()).as("the one before was let go").endsWith("-1");
    assertThat(readAll(tier)).isZero();
    assertThat(tier.store(key("k1"), value(store, 1))).isTrue();
    assertThat(readAll(tier)).isEqualTo(1);
  }

  @Test
  void segmentCut_underALiveMapping_missesOnly(LoggedLines lines) throws IOException {
    DiskStore store = openAndFill();
    DiskTier tier = store.tier(DiskFixtures.CACHE);
    cut(file("seg-1-1"));
    for (int round = 0; round < 3; round++) {
      assertThat(readAll(tier)).isLessThan(KEYS);
    }
    assertGoesDownAndComesBack(store);
    assertThat(lines.takeWarnings())
        .singleElement()
        .asString()
        .startsWith("WARN Disk tier: its files were cut");
  }

  @Test
  void segmentCut_whileItIsWritten_putsFailOnly() throws IOException {
    DiskStore store = openAndFill();
    DiskTier tier = store.tier(DiskFixtures.CACHE);
    cut(file("seg-1-1"));
    for (int i = 0; i < 100; i++) {
      var unused = tier.store(key("k" + i), value(store, i));
    }
    await().until(() -> store.figures().openings() >= 2);
  }

  @Test
  void logCut_underALiveMapping_nothingInvalidatedIsServed() throws IOException {
    DiskStore store = openAndFill();
    DiskTier tier = store.tier(DiskFixtures.CACHE);
    cut(file("log-"));
    tier.remove(key("k1"));
    assertThat(read(tier, key("k1"))).isNull();
    await().until(() -> store.figures().openings() >= 2);
    assertThat(read(tier, key("k1"))).isNull();
  }

  @Test
  void headerCut_underALiveMapping_comesBackEmpty() throws IOException {
    DiskStore store = openAndFill();
    cut(file("store"));
    assertGoesDownAndComesBack(store);
  }

  @Test
  void filesUnlinked_underALiveMapping_comesBackEmpty() {
    DiskStore store = openAndFill();
    DiskFolder.files(directory).forEach(DiskFolder::delete);
    var unused = readAll(store.tier(DiskFixtures.CACHE)); // all, unless it was noticed already
    assertGoesDownAndComesBack(store);
  }

  @Test
  void directoryVanished_comesBackWhenItCan() throws IOException {
    DiskStore store = openAndFill();
    Files.move(file("store").getParent(), directory.resolve("elsewhere"));
    assertGoesDownAndComesBack(store);
  }

  @Test
  void directoryIsAFile_isDownWithAReason(LoggedLines lines) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "not ours");
    DiskStore store = open(file);
    await().until(() -> store.state().health() == Health.DOWN);
    assertThat(store.state().reason())
        .isEqualTo(
            "cannot be opened: "
                + file
                + " is not a directory; name one for the disk tier that is, or none");
    DiskTier tier = store.tier(DiskFixtures.CACHE);
    assertThat(tier.store(key("k"), value(store, 1))).isFalse();
    assertThat(tier.remove(key("k"))).isFalse();
    assertThat(read(tier, key("k"))).isNull();
    assertThat(tier.diskStatistics().misses()).containsEntry(DiskMiss.AWAY, 1L);
    assertThat(lines.takeWarnings())
        .containsExactly("WARN Disk tier: " + store.state().reason() + "; going on without it");
  }

  @Test
  void directoryCannotBeWritten_isDown() {
    DiskStore store = open(Path.of("/proc/larder"));
    await().until(() -> store.state().health() == Health.DOWN);
    assertThat(store.state().reason()).startsWith("cannot be opened: ");
  }

  @Test
  void placesAllTaken_isDownWithAReason() {
    for (int i = 0; i < StorePlace.MOST; i++) {
      DiskStore store = open(directory);
      await().until(() -> store.state().health() == Health.UP);
    }
    DiskStore oneMore = open(directory);
    await().until(() -> oneMore.state().health() == Health.DOWN);
    assertThat(oneMore.state().reason())
        .isEqualTo(
            "cannot be opened: 8 JVMs of this application use "
                + directory
                + " already; give this one another directory");
  }

  @Test
  void switchedOff_invalidationsAreNotedAllTheSame() {
    DiskStore store = openAndFill();
    DiskTier tier = store.tier(DiskFixtures.CACHE);
    store.setEnabled(false);
    assertThat(tier.health()).isEqualTo(Health.OFF);
    assertThat(read(tier, key("k1"))).isNull();
    assertThat(tier.store(key("k2"), value(store, 2))).isFalse();
    tier.invalidate(key("k1").group());
    store.setEnabled(true);
    assertThat(read(tier, key("k1"))).isNull();
    assertThat(read(tier, key("k2"))).isNotNull();
  }
}
