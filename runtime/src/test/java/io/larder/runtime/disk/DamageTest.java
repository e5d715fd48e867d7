package io.larder.runtime.disk;

import static io.larder.runtime.disk.DiskFixtures.entry;
import static io.larder.runtime.disk.DiskFixtures.key;
import static io.larder.runtime.disk.DiskFixtures.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.time.FakeClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that were damaged while nobody had them open: what is served is right, and the rest is a
 * miss. {@code -Dlarder.damages=1000} for more than the usual 200.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS) // as many damages as are asked for
class DamageTest {

  private static final int KEYS = 3_000;

  /** Of the values, some of which take several records. */
  private static final int LARGE_EVERY = 500;

  @TempDir Path parent;

  private final FakeClock clock = new FakeClock();

  private DiskStore open(Path directory) {
    return DiskFixtures.open(
        DiskSettings.of(directory).withMaximumBytes(DiskSettings.LEAST_BYTES), clock);
  }

  private static String value(int key, int version) {
    return key + ":" + version + ":" + "x".repeat(key % LARGE_EVERY == 0 ? 130_000 : 300);
  }

  /** Everything was stored twice, with something in between; every third was invalidated since. */
  private Path original(boolean killed) {
    DiskStore store = open(parent.resolve("original"));
    DiskTier tier = store.tier(DiskFixtures.CACHE);
    for (int version = 1; version <= 2; version++) {
      for (int i = 0; i < KEYS; i++) {
        String text = value(i, version);
        assertThat(tier.store(key("k" + i), entry(text, clock, store.stamp(), "t" + i % 3)))
            .isTrue();
        if (version == 1 && i % 5 == 0) {
          tier.remove(key("k" + i));
        }
      }
    }
    for (int i = 3; i < KEYS; i += 6) {
      tier.remove(key("k" + i));
    }
    store.invalidateTag(DiskFixtures.CACHE, "t0");
    if (!killed) {
      store.close();
      return parent.resolve("original");
    }
    Path copy = DiskFolder.copyAsKilled(parent.resolve("original"), parent.resolve("killed"));
    store.close();
    return copy;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void damage_ofAnyFile_nothingWrongIsServed(boolean killed, LoggedLines lines) throws IOException {
    Path original = original(killed);
    int damages = Integer.getInteger("larder.damages", 200) / 2;
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long served = 0;
    for (int i = 0; i < damages; i++) {
      Path copy = DiskFolder.copyAsKilled(original, parent.resolve("copy " + i));
      List<Path> files = DiskFolder.files(copy);
      Path file = files.get(random.nextInt(files.size()));
      String what = "seed " + seed + ", " + i + ": " + damage(file, random) + file.getFileName();
      served += assertNothingWrong(copy, what);
      DiskFolder.files(copy).forEach(DiskFolder::delete);
    }
    lines.takeWarnings(); // of what was put aside
    assertThat(served).as("seed " + seed).isGreaterThan(damages * (KEYS / 10L));
  }

  private static String damage(Path file, Random random) throws IOException {
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      long length = opened.length();
      long at = length == 0 ? 0 : (long) (random.nextDouble() * length);
      switch (random.nextInt(5)) {
        case 0 -> {
          flip(opened, at, random);
          return "one bit flipped in ";
        }
        case 1 -> {
          for (int i = 0; i < 16; i++) {
            flip(opened, (long) (random.nextDouble() * length), random);
          }
          return "bits flipped in ";
        }
        case 2 -> {
          opened.seek(at / 4096 * 4096);
          opened.write(new byte[(int) Math.min(4096, length - at / 4096 * 4096)]);
          return "a page zeroed in ";
        }
        case 3 -> {
          opened.setLength(at);
          return "truncated ";
        }
        default -> {
          byte[] junk = new byte[random.nextInt(10_000)];
          random.nextBytes(junk);
          opened.seek(length);
          opened.write(junk);
          return "junk appended to ";
        }
      }
    }
  }

  private static void flip(RandomAccessFile file, long at, Random random) throws IOException {
    if (file.length() > 0) {
      file.seek(at);
      int was = file.read();
      file.seek(at);
      file.write(was ^ 1 << random.nextInt(8));
    }
  }

  private long assertNothingWrong(Path directory, String what) {
    DiskStore store = open(directory);
    DiskTier tier = store.tier(DiskFixtures.CACHE);
    long served = 0;
    for (int i = 0; i < KEYS; i++) {
      String found = read(tier, key("k" + i));
      if (found != null) {
        served++;
        assertThat(i % 3).as(what + ": an invalidated entry is back").isNotZero();
        boolean first = i % 5 != 0 && found.equals(value(i, 1));
        assertThat(first || found.equals(value(i, 2))).as(what + ": a wrong value").isTrue();
      }
    }
    assertThat(tier.store(key("new"), entry("v", clock, store.stamp()))).as(what).isTrue();
    assertThat(read(tier, key("new"))).as(what).isEqualTo("v");
    store.close();
    return served;
  }

  @Test
  void junk_inPlaceOfASegment_isPutAside(LoggedLines lines) throws IOException {
    Path original = original(/* killed= */ true);
    Path segment =
        DiskFolder.files(original).stream()
            .filter(each -> each.getFileName().toString().equals("seg-1-1"))
            .findFirst()
            .orElseThrow();
    byte[] junk = new byte[1 << 20];
    new Random(1).nextBytes(junk);
    Files.write(segment, junk);
    DiskStore store = open(original);
    assertThat(store.figures().salvage()).contains("put aside seg-1-1.bad-");
    assertThat(store.figures().entries()).isLessThan(KEYS);
    store.close();
    assertThat(lines.takeWarnings())
        .singleElement()
        .asString()
        .startsWith("WARN Disk tier: seg-1-1 cannot be read and is put aside as seg-1-1.bad-");
  }
}
