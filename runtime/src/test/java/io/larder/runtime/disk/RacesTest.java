package io.larder.runtime.disk;

import static io.larder.runtime.disk.DiskFixtures.entry;
import static io.larder.runtime.disk.DiskFixtures.key;
import static io.larder.runtime.disk.DiskFixtures.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.codec.DamagedEntryException;
import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.ValueCodec;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Health;
import io.larder.runtime.thread.Workers;
import io.larder.runtime.thread.Workers.Worker;
import io.larder.runtime.time.FakeClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapdb.DBException;

/** Threads that are stopped where it would hurt most, while others go on. */
class RacesTest {

  @TempDir Path directory;

  private final FakeClock clock = new FakeClock();
  private final Workers workers = new Workers();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch mayGo = new CountDownLatch(1);
  private @Nullable DiskStore opened;

  @AfterEach
  void close() {
    mayGo.countDown();
    workers.close();
    if (opened != null) {
      opened.close();
    }
  }

  private DiskSettings settings() {
    return DiskSettings.of(directory).withMaximumBytes(DiskSettings.LEAST_BYTES);
  }

  private DiskStore open() {
    DiskStore store = DiskFixtures.open(settings(), clock);
    opened = store;
    return store;
  }

  private void stop() {
    reached.countDown();
    try {
      mayGo.await();
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(DiskTier tier, DiskStore store, String key, String value, String... tags) {
    assertThat(tier.store(key(key), entry(value, clock, store.stamp(), tags))).isTrue();
  }

  /** Who moves an entry says of it that it counts up to now. */
  @Test
  void keep_anInvalidationHasItsNumberButIsNotKnownYet_theCopyIsOlder() {
    DiskStore store = open();
    DiskTier tier = store.tier(DiskFixtures.CACHE);
    for (int i = 0; i < 6_000; i++) {
      put(tier, store, "k" + i, "v".repeat(1_000), i % 2 == 0 ? "even" : "odd");
    }
    store.invalidateTag(DiskFixtures.CACHE, "even");
    long mark = Marks.group(Marks.cache(DiskFixtures.CACHE), key("k1").group());
    long number = store.tombstones().begin(mark); // of a thread that is stopped here
    assertThat(store.compact()).startsWith("Rewrote 1 segments");
    store.tombstones().know(mark, store.absolute(number));
    store.tombstones().end();

    assertThat(read(tier, key("k1"))).isNull();
    assertThat(read(tier, key("k3"))).isNotNull();
  }

  /** A codec that stops its reader when it was found and is about to be judged. */
  private final class Stopping implements ValueCodec {

    @Override
    public byte id() {
      return DiskFixtures.TextCodec.ONE.id();
    }

    @Override
    public long fingerprint() {
      stop();
      return DiskFixtures.TextCodec.ONE.fingerprint();
    }

    @Override
    public byte[] encode(@Nullable Object value) throws NotStorableException {
      return DiskFixtures.TextCodec.ONE.encode(value);
    }

    @Override
    public @Nullable Object decode(byte[] payload) throws DamagedEntryException {
      return DiskFixtures.TextCodec.ONE.decode(payload);
    }
  }

  @Test
  void read_invalidatedAndForgottenWhileItIsInHand_isAMiss() throws Exception {
    DiskStore store = open();
    DiskTier tier = store.tier(DiskFixtures.CACHE);
    put(tier, store, "k", "v");
    Worker<Boolean> found = workers.start(() -> read(tier, key("k", new Stopping())) != null);
    reached.await();
    tier.invalidate(key("k").group());
    store.tombstones().forgetUpTo(Long.MAX_VALUE); // as no file has an entry that is older
    mayGo.countDown();

    assertThat(found.result()).isFalse();
    assertThat(tier.diskStatistics().misses()).containsEntry(DiskMiss.INVALIDATED, 1L);
  }

  private Path inPlace(String name) {
    return DiskFolder.files(directory).get(0).resolveSibling(name);
  }

  private void storeAndClose() {
    DiskStore before = open();
    put(before.tier(DiskFixtures.CACHE), before, "k", "v");
    before.close();
  }

  /** The opening must fail; then what {@link #storeAndClose} stored is invalidated. */
  private void failToOpenAndInvalidate() {
    DiskStore failed = DiskStore.open(settings(), EnvelopeFormat.plain(), clock);
    opened = failed;
    await().until(() -> failed.state().health() == Health.DOWN);
    failed.tier(DiskFixtures.CACHE).invalidate(key("k").group());
    failed.close();
  }

  @Test
  void open_failsAfterTheLogWasRead_whatIsInvalidatedThenDoesNotComeBack(LoggedLines lines)
      throws IOException {
    storeAndClose();
    Path inTheWay = inPlace("log-2");
    Files.createDirectories(inTheWay.resolve("full"));

    failToOpenAndInvalidate();
    Files.delete(inTheWay.resolve("full"));
    Files.delete(inTheWay);
    lines.takeWarnings();

    DiskStore after = open();
    assertThat(read(after.tier(DiskFixtures.CACHE), key("k"))).isNull();
  }

  @Test
  void invalidate_theOpeningHangs_oneWaitsAndNobodyElse() throws Exception {
    open().close();
    Path lock = inPlace(".lock");
    Files.delete(lock);
    assertThat(new ProcessBuilder("mkfifo", lock.toString()).start().waitFor()).isZero();
    Duration deadline = Duration.ofMillis(300);
    DiskStore store =
        DiskStore.open(settings().withDeadline(deadline), EnvelopeFormat.plain(), clock);
    opened = store;
    DiskTier tier = store.tier(DiskFixtures.CACHE);

    long start = System.nanoTime();
    for (int i = 0; i < 40; i++) {
      tier.invalidate(key("k" + i).group());
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(deadline.minusMillis(1), deadline.multipliedBy(20));
    RandomAccessFile other = new RandomAccessFile(lock.toFile(), "rw"); // which lets it go on
    try {
      await().until(() -> store.state().health() == Health.UP);
      put(tier, store, "k", "v");
      assertThat(read(tier, key("k"))).isEqualTo("v");
    } finally {
      other.close();
    }
  }

  @Test
  void open_theLogCannotBeRead_whatIsInvalidatedThenDoesNotComeBack(LoggedLines lines)
      throws IOException {
    storeAndClose();
    Path log = inPlace("log-1");
    Path aside = directory.resolve("aside");
    Files.move(log, aside);
    Files.createDirectory(log); // an error of input and output, not a damaged file

    failToOpenAndInvalidate();
    Files.delete(log);
    Files.move(aside, log);
    lines.takeWarnings();

    DiskStore after = open();
    assertThat(read(after.tier(DiskFixtures.CACHE), key("k"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void invalidate_nobodyOpensTheFiles_theyAreVoidWhenItReturns(boolean foundBefore)
      throws IOException {
    StoreHeader.create(directory.resolve("store"), 42).markOpen();
    StoreHeader found = Objects.requireNonNull(StoreHeader.open(directory.resolve("store")));
    DurableInvalidations invalidations = neverOpened().invalidations();
    if (foundBefore) {
      invalidations.found(found);
    }
    invalidations.invalidate(7);
    if (!foundBefore) {
      assertThat(found.get(StoreHeader.Field.STATE)).isEqualTo(StoreHeader.OPEN);
      invalidations.found(found);
    }
    assertThat(found.get(StoreHeader.Field.STATE)).isEqualTo(StoreHeader.VOID);
  }

  private StoreKeeper neverOpened() {
    Numbering numbering = new Numbering();
    Tombstones tombstones = new Tombstones(numbering);
    StoreTime time = new StoreTime(/* millis= */ 0, clock);
    Openings openings =
        new Openings(
            settings(),
            EnvelopeFormat.plain(),
            clock,
            time,
            numbering,
            tombstones,
            /* boot= */ null,
            /* files= */ null);
    return new StoreKeeper(
        openings,
        tombstones,
        numbering,
        time,
        new DiskTotals(),
        new Staging(),
        /* waitNanos= */ 1_000_000);
  }

  /** A file whose writer is stopped, and finds the disk full after that. */
  private final class Stopped extends RecordFile {

    private final boolean isFirst;

    Stopped(Path file, long increment, boolean isFirst) {
      super(open(file, increment, /* readOnly= */ false, /* bypass= */ false), -1);
      this.isFirst = isFirst;
    }

    @Override
    long append(StoredRecord entry) {
      if (isFirst) {
        stop();
        throw new DBException.VolumeIOError(new IOException("No space left on device"));
      }
      return super.append(entry);
    }
  }

  @Test
  void write_failsWhenItsFilesWereReplaced_theNewOnesAreWell(LoggedLines lines) throws Exception {
    DiskStore store =
        DiskStore.open(
            settings(),
            EnvelopeFormat.plain(),
            clock,
            System.currentTimeMillis(),
            BootId.current(),
            (file, increment) -> new Stopped(file, increment, reached.getCount() > 0));
    opened = store;
    await().until(() -> store.state().health() == Health.UP);
    DiskTier tier = store.tier(DiskFixtures.CACHE);
    Worker<Boolean> writer =
        workers.start(() -> tier.store(key("k"), entry("v", clock, store.stamp())));
    reached.await();
    DiskFolder.files(directory).forEach(DiskFolder::delete);
    await().until(() -> store.figures().openings() == 2 && store.state().health() == Health.UP);
    assertThat(lines.takeWarnings()).hasSize(1);
    mayGo.countDown();

    assertThat(writer.result()).isFalse();
    assertThat(store.state().health()).isEqualTo(Health.UP);
    put(tier, store, "k", "newer");
    assertThat(read(tier, key("k"))).isEqualTo("newer");
  }
}
