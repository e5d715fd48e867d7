package io.larder.runtime.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.model.Health;
import io.larder.runtime.time.CoarseClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * A JVM that opens a store, compares all of it with its diary, says what it found, and then stores
 * and invalidates at random until somebody kills it.
 */
final class KilledJvm {

  static final int THREADS = 4;
  private static final int TAGS = 10;

  private final KillDiary diary;
  private final DiskStore store;
  private final CoarseClock clock = new CoarseClock();
  private final List<DiskTier> tiers = new ArrayList<>();
  private final int valueBytes;

  private KilledJvm(Path directory, long bound, int keys, int valueBytes) throws Exception {
    this.valueBytes = valueBytes;
    this.diary = new KillDiary(directory.resolve("diary"), keys);
    DiskSettings settings = DiskSettings.of(directory.resolve("store")).withMaximumBytes(bound);
    this.store = DiskStore.open(settings, EnvelopeFormat.plain(), clock);
    for (int i = 0; i < THREADS; i++) {
      tiers.add(store.tier("cache " + i));
    }
  }

  /** Directory, bound, number of keys, bytes of a value, seed. */
  public static void main(String[] arguments) throws Exception {
    KilledJvm jvm =
        new KilledJvm(
            Path.of(arguments[0]),
            Long.parseLong(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]));
    jvm.awaitOpen();
    System.out.println(jvm.compare());
    System.out.flush();
    Random seeds = new Random(Long.parseLong(arguments[4]));
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      Random random = new Random(seeds.nextLong());
      new Thread(() -> jvm.work(thread, random)).start();
    }
  }

  private void awaitOpen() {
    while (store.state().health() != Health.UP) {
      if (store.state().health() == Health.DOWN) {
        System.out.println("refused " + store.state().reason());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Found, committed, lost, wrong, resurrected; then what the store says of its opening. */
  private String compare() {
    long found = 0;
    long committed = 0;
    long lost = 0;
    long wrong = 0;
    long resurrected = 0;
    for (int key = 0; key < diary.keys(); key++) {
      DiskEntry entry = tiers.get(key % THREADS).read(keyOf(key));
      long stored = diary.stored(key);
      boolean expected = stored > diary.invalidating(key);
      committed += expected ? 1 : 0;
      if (entry == null) {
        lost += expected ? 1 : 0;
        diary.stored(key, 0);
        continue;
      }
      found++;
      String text = (String) entry.entry().value;
      long version = versionIn(text == null ? "" : text, key);
      wrong += version < 0 || version > diary.begun(key) || version < stored ? 1 : 0;
      resurrected += version <= diary.invalidated(key) ? 1 : 0;
    }
    return "compared "
        + found
        + " "
        + committed
        + " "
        + lost
        + " "
        + wrong
        + " "
        + resurrected
        + " "
        + store.figures().openMillis()
        + " "
        + store.figures().salvage();
  }

  private static TierKey keyOf(int key) {
    byte[] bytes = ("key " + key).getBytes(UTF_8);
    return new TierKey(
        "cache " + key % THREADS,
        KeyHash.of(bytes),
        KeyHash.of(("of " + key).getBytes(UTF_8)),
        DiskFixtures.TextCodec.ONE,
        0);
  }

  private String valueOf(int key, long version) {
    int length = valueBytes / 2 + Math.floorMod(version * 31, valueBytes);
    return key + ":" + version + ":" + String.valueOf((char) ('a' + version % 26)).repeat(length);
  }

  private long versionIn(String text, int key) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3 || !parts[0].equals(String.valueOf(key))) {
      return -1;
    }
    long version = Long.parseLong(parts[1]);
    return text.equals(valueOf(key, version)) ? version : -1;
  }

  private void work(int thread, Random random) {
    int own = diary.keys() / THREADS;
    while (true) {
      int key = random.nextInt(own) * THREADS + thread;
      int dice = random.nextInt(1_000);
      if (dice < 850) {
        put(key, thread);
      } else if (dice < 980) {
        forget(List.of(key), () -> tiers.get(thread).invalidate(keyOf(key).group()));
      } else if (dice < 995) {
        forgetTag(key, thread, random.nextBoolean());
      } else if (random.nextInt(20) == 0) {
        forget(keysOf(thread, k -> true), () -> tiers.get(thread).clear());
      }
    }
  }

  private void put(int key, int thread) {
    long version = diary.begun(key) + 1;
    diary.begin(key, version);
    boolean stored =
        tiers
            .get(thread)
            .store(
                keyOf(key),
                DiskFixtures.entry(valueOf(key, version), clock, store.stamp(), tagOf(key), "all"));
    if (stored) {
      diary.stored(key, version);
    }
  }

  private static String tagOf(int key) {
    return "tag " + key % THREADS + " " + key / THREADS % TAGS;
  }

  private void forgetTag(int key, int thread, boolean everywhere) {
    String tag = tagOf(key);
    forget(
        keysOf(thread, each -> tagOf(each).equals(tag)),
        () -> store.invalidateTag(everywhere ? "" : "cache " + thread, tag));
  }

  private interface Which {
    boolean isOne(int key);
  }

  private List<Integer> keysOf(int thread, Which which) {
    List<Integer> keys = new ArrayList<>();
    for (int key = thread; key < diary.keys(); key += THREADS) {
      if (which.isOne(key)) {
        keys.add(key);
      }
    }
    return keys;
  }

  private void forget(List<Integer> keys, Runnable how) {
    each(keys, key -> diary.invalidating(key, diary.begun(key)));
    how.run();
    each(keys, key -> diary.invalidated(key, diary.begun(key)));
  }

  private static void each(List<Integer> keys, IntConsumer what) {
    for (int key : keys) {
      what.accept(key);
    }
  }
}
