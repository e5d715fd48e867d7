package io.larder.runtime.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * JVMs that are killed at a random moment while they store and invalidate, each on the files that
 * the one before left. {@code -Dlarder.kills=1000} for more than the usual 40.
 *
 * <p>They are by turns of the JDK that runs the test and of each JDK 25 in {@code /usr/lib/jvm}, if
 * there is one: so each finds the files of another JDK, too. To have them of one alone, have the
 * test run by it: {@code -Djvm=/usr/lib/jvm/temurin-25-jdk-amd64/bin/java}.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS) // as many kills as are asked for
class KillTest {

  private static final int SIZES = 4;

  @TempDir Path directory;

  /** What was found over all kills. */
  private static final class Sums {
    long found;
    long committed;
    long lost;
    long wrong;
    long resurrected;
    long refused;
    long slowestOpening;
    int comparisons;

    /** What those JVMs said of their opening that had lost something. */
    final List<String> losses = new ArrayList<>();

    final List<String> errors = new ArrayList<>();
  }

  @ParameterizedTest
  @CsvSource({
    // bound in MiB, keys, bytes of a value
    "256, 4000, 400",
    "256, 400, 30000",
    "64, 20000, 100",
    "16, 400, 2000",
  })
  void kill_atARandomMoment_nothingWrongAndAlmostAllWarm(long bound, int keys, int valueBytes)
      throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Sums sums = new Sums();
    int kills = Integer.getInteger("larder.kills", 40) / SIZES;
    for (int i = 0; i < kills; i++) {
      List<Path> javas = javas();
      run(javas.get(i % javas.size()), random, sums, bound, keys, valueBytes);
    }
    String summary =
        String.format(
            "seed %d, %d MiB, values of %d: %d kills, %d comparisons, %d committed, %d lost, %d"
                + " found, %d wrong, %d resurrected, %d refused, slowest opening %d ms; lost by %s",
            seed,
            bound,
            valueBytes,
            kills,
            sums.comparisons,
            sums.committed,
            sums.lost,
            sums.found,
            sums.wrong,
            sums.resurrected,
            sums.refused,
            sums.slowestOpening,
            sums.losses);
    Files.writeString(Path.of("target", "kills-" + bound + "-" + valueBytes + ".txt"), summary);
    assertThat(sums.errors).as(summary).isEmpty();
    assertThat(List.of(sums.wrong, sums.resurrected, sums.refused)).as(summary).containsOnly(0L);
    assertThat(sums.lost * 20).as(summary).isLessThanOrEqualTo(sums.committed);
  }

  private static void noteLoss(long committed, long lost, String salvage, Sums sums) {
    sums.committed += committed;
    sums.lost += lost;
    if (lost > 0) {
      sums.losses.add(salvage);
    }
  }

  private static List<Path> javas() throws IOException {
    List<Path> javas = new ArrayList<>();
    javas.add(Path.of(System.getProperty("java.home")));
    Path all = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(all)) {
      try (Stream<Path> others = Files.list(all)) {
        others.filter(each -> each.getFileName().toString().contains("-25")).forEach(javas::add);
      }
    }
    return javas;
  }

  private void run(Path java, Random random, Sums sums, long bound, int keys, int valueBytes)
      throws Exception {
    Process child =
        new ProcessBuilder(
                java.resolve("bin/java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                KilledJvm.class.getName(),
                directory.toString(),
                String.valueOf(bound << 20),
                String.valueOf(keys),
                String.valueOf(valueBytes),
                String.valueOf(random.nextLong()))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      if (random.nextInt(6) == 0) { // while it opens, or even before
        kill(child, 100 + random.nextInt(1_200));
      } else if (awaitComparison(said, sums)) {
        kill(child, 50 + random.nextInt(800));
      }
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        note(line, sums);
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static void kill(Process child, long afterMillis) throws InterruptedException {
    child.waitFor(afterMillis, TimeUnit.MILLISECONDS);
    child.toHandle().destroyForcibly(); // which leaves what it said to be read
    child.waitFor();
  }

  private static boolean awaitComparison(BufferedReader said, Sums sums) throws IOException {
    while (true) {
      @Nullable String line = said.readLine();
      if (line == null) {
        sums.errors.add("ended before it was killed");
        return false;
      }
      if (note(line, sums)) {
        return true;
      }
    }
  }

  /** Whether it was a comparison. A warning is an error: what a kill leaves is to be expected. */
  private static boolean note(String line, Sums sums) {
    String[] words = line.split(" ", 8);
    if (words[0].equals("refused")) {
      sums.refused++;
      sums.errors.add(line);
    } else if (words[0].equals("compared")) {
      sums.comparisons++;
      sums.found += Long.parseLong(words[1]);
      noteLoss(Long.parseLong(words[2]), Long.parseLong(words[3]), words[7], sums);
      sums.wrong += Long.parseLong(words[4]);
      sums.resurrected += Long.parseLong(words[5]);
      sums.slowestOpening = Math.max(sums.slowestOpening, Long.parseLong(words[6]));
      return true;
    } else if (!line.startsWith("[larder] INFO")) {
      sums.errors.add(line);
    }
    return false;
  }
}
