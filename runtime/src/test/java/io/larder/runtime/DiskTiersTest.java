package io.larder.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.codec.TierKey;
import io.larder.runtime.codec.ValueCodec;
import io.larder.runtime.coordinator.SlowTiers;
import io.larder.runtime.coordinator.SlowTiers.Lease;
import io.larder.runtime.disk.WarmStart;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Health;
import io.larder.runtime.policy.DiskOptions;
import io.larder.runtime.time.Deadline;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The disk alone behind memory. */
class DiskTiersTest {

  @TempDir Path directory;

  private @Nullable KeptNode opened;

  private KeptNode node() {
    KeptNode node = opened;
    if (node == null) {
      node = new KeptNode(directory, /* uri= */ null, DiskOptions.NONE);
      opened = node;
    }
    return node;
  }

  private KeptNode restarted() {
    close();
    return node();
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
    opened = null;
  }

  @Test
  void get_afterRestart_isThere_withItsTags() {
    node().put(node().all, "a", "one", "red");

    SlowTiers.Found found = restarted().all.get(node().key("a"), /* loadNanos= */ 0);
    assertThat(Objects.requireNonNull(found).entry().value).isEqualTo("one");
    assertThat(found.tags()).containsExactly("red");
  }

  @Test
  void get_quickerToLoad_isLeftOut_andCounted() {
    node().put(node().all, "a", "one");
    for (int i = 0; i < 100; i++) {
      var unused = node().all.get(node().key("a"), /* loadNanos= */ 1);
    }
    assertThat(node().disk.decisions(KeptNode.CACHE).skipped()).isPositive();
  }

  @Test
  void put_olderThanAnInvalidation_isNotStored() {
    SlowTiers.Stamp before = node().all.stamp();
    node().all.invalidate(KeptNode.CACHE, node().key("a").group());
    node().all.put(node().key("a"), KeptNode.entry("old"), before, /* behind= */ true, 0);
    node().awaitWritten();

    assertThat(node().get(node().all, "a")).isNull();
    assertThat(node().disk.statistics(KeptNode.CACHE).refusedPuts()).isEqualTo(1);
  }

  @Test
  void invalidate_keyTagOrCache_isForgotten_alsoAfterRestart() {
    SlowTiers all = node().all;
    node().put(all, "a", "one");
    node().put(all, "b", "two", "red");
    all.invalidate(KeptNode.CACHE, node().key("a").group());
    all.invalidateTag(KeptNode.CACHE, "red");
    assertThat(node().get(all, "a")).isNull();
    assertThat(node().get(all, "b")).isNull();
    restarted();
    assertThat(node().get(node().all, "a")).isNull();
    assertThat(node().get(node().all, "b")).isNull();

    node().put(node().all, "c", "three");
    node().all.clear(KeptNode.CACHE);
    restarted();
    assertThat(node().get(node().all, "c")).isNull();

    node().put(node().all, "d", "four");
    restarted();
    node().all.clearOwn();
    assertThat(node().get(node().all, "d")).isNull();
  }

  @Test
  void replace_nothingInvalidatedMeanwhile_isStored_andOutdatesLoadsUnderWay() {
    SlowTiers all = node().all;
    SlowTiers.Stamp ofLoad = all.stamp();
    all.replace(node().key("a"), KeptNode.entry("put"), all.stamp());
    node().awaitWritten();
    all.put(node().key("a"), KeptNode.entry("loaded"), ofLoad, /* behind= */ true, 0);
    node().awaitWritten();

    assertThat(node().get(all, "a")).isEqualTo("put");
  }

  @Test
  void replace_oneOfItsTagsInvalidatedMeanwhile_forgetsOnly() {
    SlowTiers all = node().all;
    node().put(all, "a", "old");
    SlowTiers.Stamp before = all.stamp();
    all.invalidateTag("", "red");
    all.replace(node().key("a"), KeptNode.entry("put", "red"), before);
    node().awaitWritten();

    assertThat(node().get(all, "a")).isNull();
  }

  @Test
  void replace_othersInvalidatedMeanwhile_isStored() {
    SlowTiers all = node().all;
    node().put(all, "a", "old");
    SlowTiers.Stamp before = all.stamp();
    all.invalidateTag("", "red");
    all.invalidate(KeptNode.CACHE, node().key("b").group());
    all.clear("another");
    all.replace(node().key("a"), KeptNode.entry("put", "green"), before);
    node().awaitWritten();

    assertThat(node().get(all, "a")).isEqualTo("put");
    assertThat(restarted().all.get(node().key("a"), /* loadNanos= */ 0)).isNotNull();
    node().all.invalidateTag("", "green");
    assertThat(node().get(node().all, "a")).isNull();
  }

  @Test
  void lease_isGrantedAtOnce_andStoresWhatWasLoaded() {
    SlowTiers all = node().all;
    Lease lease = all.lease(node().key("a"), Duration.ofSeconds(1).toNanos(), /* waitedNanos= */ 0);
    assertThat(lease.found()).isNull();
    lease.loaded(KeptNode.entry("one"), all.stamp(), /* waitedNanos= */ 0);
    node().awaitWritten();

    assertThat(node().get(all, "a")).isEqualTo("one");
    assertThat(all.tryLease(node().key("a"))).isNotNull();
  }

  @Test
  void areAway_switchedOff_nobodyAsks_andWhatIsInvalidatedMeanwhileIsGone() {
    node().put(node().all, "a", "one");
    node().disk.store().setEnabled(false);
    assertThat(node().all.areAway(KeptNode.CACHE)).isTrue();
    assertThat(node().disk.decisions(KeptNode.CACHE).leftOut()).isEqualTo(1);

    node().all.invalidate(KeptNode.CACHE, node().key("a").group());
    node().disk.store().setEnabled(true);
    assertThat(node().all.areAway(KeptNode.CACHE)).isFalse();
    assertThat(node().get(node().all, "a")).isNull();
  }

  /** A codec that waits. */
  private record Stuck(CountDownLatch mayGo) implements ValueCodec {

    @Override
    public byte id() {
      return 77;
    }

    @Override
    public long fingerprint() {
      return 1;
    }

    @Override
    public byte[] encode(@Nullable Object value) {
      try {
        mayGo.await();
      } catch (InterruptedException nobodyDoes) {
        Thread.currentThread().interrupt();
      }
      return new byte[0];
    }

    @Override
    public @Nullable Object decode(byte[] payload) {
      return null;
    }
  }

  /** Whoever opens it waits for one who opens the other end: a disk that does not answer. */
  private static Path hanging(Path file) throws Exception {
    Process made = new ProcessBuilder("mkfifo", file.toString()).inheritIO().start();
    assertThat(made.waitFor()).isZero();
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    // a part of the end that hangs, and what it may take of itself
    "queue, 900",
    "files, 3000",
    "queue and files, 900",
    "note and queue and files, 900",
  })
  void end_somethingHangs_isOverInTime(String what, long mostMillis, LoggedLines lines)
      throws Exception {
    DiskTiers disk = node().disk;
    node().put(disk, "a", "one");
    WarmStart warm =
        WarmStart.begin(
            disk.store(),
            () -> {
              TierKey key = node().key("a");
              return List.of(new WarmStart.HotKey(key.cache(), key.identity()));
            });
    disk.end().add(warm);
    await().until(() -> warm.figures().state().equals("done"));
    Path place = Path.of(disk.store().figures().place());
    List<Path> hanging = new ArrayList<>();
    List<RandomAccessFile> others = new ArrayList<>();
    if (what.contains("note")) {
      hanging.add(hanging(place.resolve("hot.new")));
    }
    if (what.contains("files")) {
      hanging.add(hanging(place.resolve("seg-1-1.idx.new")));
    }
    CountDownLatch mayGo = new CountDownLatch(1);
    if (what.contains("queue")) {
      disk.put(stuck(mayGo), KeptNode.entry("two"), disk.stamp(), /* later= */ true, 0);
    }

    long start = System.nanoTime();
    disk.end().end(Deadline.in(Duration.ofMillis(100)));
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(99), Duration.ofMillis(mostMillis));
    if (what.contains("files")) {
      assertThat(lines.takeWarnings())
          .singleElement()
          .asString()
          .matches("WARN Disk tier: was not closed within .* ms; the next start has to salvage it");
    }
    mayGo.countDown();
    for (Path each : hanging) {
      others.add(new RandomAccessFile(each.toFile(), "rw")); // the other end
    }
    await().until(() -> disk.store().state().health() == Health.OFF);
    for (RandomAccessFile each : others) {
      each.close();
    }
    lines.takeWarnings(); // a pipe cannot be synced
  }

  private TierKey stuck(CountDownLatch mayGo) {
    TierKey key = node().key("b");
    return new TierKey(key.cache(), key.group(), key.identity(), new Stuck(mayGo), 0);
  }

  @Test
  void among_notNamed_none() {
    assertThat(node().all.among(List.of("memory"))).isNull();
    assertThat(node().all.among(List.of("memory", "redis"))).isNull();
    assertThat(node().all.among(List.of("memory", "redis", "disk"))).isSameAs(node().all);
    assertThat(node().all.reachOthers()).isFalse();
    assertThat(node().all.longestLifeNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void refusals_countWhatWasOffered() {
    node().put(node().all, "a", "one");
    assertThat(node().all.refusals(KeptNode.CACHE).offered()).isEqualTo(1);
    node().all.keptLocal(KeptNode.CACHE, "for a reason");
    assertThat(node().disk.decisions(KeptNode.CACHE).whyLocal()).isEqualTo("for a reason");
  }

  @ParameterizedTest
  @CsvSource({
    "/srv/shop/1.3/shop-1.3.jar --port 80, shop.jar",
    "shop-2.0-SNAPSHOT.jar, shop.jar",
    "C:\\shop\\shop.war, shop.war",
    "com.acme.Main arg, com.acme.Main",
    "shop/com.acme.Main, com.acme.Main",
    "'', ''",
  })
  void application_isTheSameForTheNextVersion(String command, String application) {
    assertThat(DiskConfiguration.application(command)).isEqualTo(application);
  }

  @Test
  void settings_withoutADirectory_saySo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DiskConfiguration.settings(DiskOptions.NONE))
        .withMessage("disk.directory is missing; name a directory");
  }
}
