package io.larder.benchmarks.startup;

import io.larder.Cached;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Makes results until the disk tier has taken so many bytes. Run under the agent. */
public final class FillDisk {

  private static final int RESULT_BYTES = 2_048;
  private static final int AT_ONCE = 1_000;
  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final Random random = new Random(47);

  private FillDisk() {}

  /** Arguments: the directory of the disk tier, and the bytes. */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    long enough = Long.parseLong(args[1]);
    long start = System.nanoTime();
    long made = 0;
    while (bytesIn(directory) < enough) {
      if (System.nanoTime() - start > LIMIT_NANOS) {
        throw new IllegalStateException(
            "%d results made, but only %d bytes in %s"
                .formatted(made, bytesIn(directory), directory));
      }
      for (int i = 0; i < AT_ONCE; i++) {
        made += result(made).length / RESULT_BYTES;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // the queue empties
    }
    System.out.printf("%d results made%n", made);
  }

  /** Nothing that could be compressed. */
  @Cached(name = "fill-disk", maximumEntries = 100, ttl = "1d")
  static byte[] result(long id) {
    byte[] bytes = new byte[RESULT_BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  private static long bytesIn(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
