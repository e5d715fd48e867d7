package io.larder.runtime.disk;

import static io.larder.runtime.disk.DiskFixtures.entry;
import static io.larder.runtime.disk.DiskFixtures.key;
import static io.larder.runtime.disk.DiskFixtures.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.model.Health;
import io.larder.runtime.time.CoarseClock;
import io.larder.runtime.time.FakeClock;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The operating system refuses to let a file grow, as it does when the disk is full: to a JVM whose
 * files may have 3 MB each. So what is written goes the way it always does, down to the kernel,
 * without a file system of its own, for which one had to be root.
 */
class FullDiskTest {

  private static final int MOST_KIB = 3 << 10;

  @TempDir Path directory;

  private static String value(int i) {
    return "v" + i + " " + "x".repeat(1_000);
  }

  private static DiskSettings settings(Path directory) {
    return DiskSettings.of(directory)
        .withMaximumBytes(DiskSettings.LEAST_BYTES)
        .withApplication("of two JVMs");
  }

  /** The JVM with the full disk: a directory, and whether it closes its files in the end. */
  public static void main(String[] arguments) {
    CoarseClock clock = new CoarseClock();
    DiskStore store = DiskFixtures.open(settings(Path.of(arguments[0])), clock);
    DiskTier tier = store.tier(DiskFixtures.CACHE);
    int stored = 0;
    while (tier.store(key("k" + stored), entry(value(stored), clock, store.stamp()))) {
      stored++;
    }
    System.out.println("stored " + stored);
    System.out.println(store.state().health() + " " + store.state().reason());
    int found = 0;
    for (int i = 0; i < stored; i++) {
      found += value(i).equals(read(tier, key("k" + i))) ? 1 : 0;
    }
    System.out.println("found " + found);
    tier.invalidate(key("k0").group());
    System.out.println("invalidated " + read(tier, key("k0")));
    while (!tier.store(key("again"), entry("v", clock, store.stamp()))) {
      LockSupport.parkNanos(1_000_000); // room is made, and that it is not tried too often
    }
    System.out.println("again " + read(tier, key("again")) + " " + store.state().health());
    if (arguments[1].equals("true")) {
      store.close();
    }
    Runtime.getRuntime().halt(0);
  }

  private List<String> runFull(boolean closes) throws Exception {
    String command =
        "ulimit -f "
            + MOST_KIB
            + "; exec \"$0\" -Xmx128m -XX:TieredStopAtLevel=1 -XX:-UsePerfData -cp \"$1\" "
            + FullDiskTest.class.getName()
            + " \"$2\" "
            + closes;
    Process full =
        new ProcessBuilder(
                "bash",
                "-c",
                command,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    List<String> said = new String(full.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(full.waitFor()).as(said.toString()).isZero();
    return said.stream().filter(line -> !line.contains("SLF4J")).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void store_theKernelLetsNoFileGrow_readsGoOn_andNothingIsWrongAfterwards(boolean closes)
      throws Exception {
    List<String> said = runFull(closes);
    List<String> plain = said.stream().filter(line -> !line.startsWith("[larder]")).toList();
    int stored = Integer.parseInt(plain.get(0).substring("stored ".length()));
    assertThat(stored).isBetween(1_000, MOST_KIB);
    assertThat(plain)
        .containsExactly(
            "stored " + stored,
            "DEGRADED nothing can be written: File too large",
            "found " + stored,
            "invalidated null",
            "again v UP");
    assertThat(said)
        .filteredOn(line -> line.startsWith("[larder] WARN"))
        .containsExactly(
            "[larder] WARN Disk tier: nothing can be written: File too large; what is there is"
                + " read");

    try (DiskStore after = DiskFixtures.open(settings(directory), new FakeClock())) {
      DiskTier tier = after.tier(DiskFixtures.CACHE);
      assertThat(read(tier, key("k0"))).isNull();
      for (int i = 1; i < stored; i++) {
        assertThat(read(tier, key("k" + i))).isEqualTo(value(i));
      }
      assertThat(read(tier, key("again"))).isEqualTo("v");
      assertThat(after.state().health()).isEqualTo(Health.UP);
    }
  }
}
