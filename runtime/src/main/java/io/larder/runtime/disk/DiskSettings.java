package io.larder.runtime.disk;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how much a JVM keeps on disk.
 *
 * @param directory in which each JVM has a place of its own; made if it is not there
 * @param application what it belongs to: a JVM takes only the place of one that said the same
 * @param maximumBytes that the files of one JVM take together
 * @param longestTtl of entries; for those of a cache without a time to live as well
 * @param deadline the longest that a call waits for a disk that does not answer
 */
public record DiskSettings(
    Path directory, String application, long maximumBytes, Duration longestTtl, Duration deadline) {

  /** The smallest bound: 16 MiB. */
  public static final long LEAST_BYTES = 16L << 20;

  /** The bound unless asked otherwise: 1 GiB. */
  public static final long DEFAULT_BYTES = 1L << 30;

  /** Checks them. */
  public DiskSettings {
    if (directory.toString().isBlank()) {
      throw new IllegalArgumentException(
          "the directory of the disk tier must not be empty; name one that this user may write to");
    }
    if (maximumBytes < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "the disk tier needs a bound of at least "
              + LEAST_BYTES
              + " bytes (16MB): "
              + maximumBytes
              + "; raise it, or leave the directory out to go without a disk tier");
    }
    checkPositive("longest time to live", longestTtl);
    checkPositive("deadline", deadline);
    directory = directory.toAbsolutePath().normalize();
  }

  private static void checkPositive(String what, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(
          "the " + what + " of the disk tier must be positive: " + duration.toMillis() + " ms");
    }
  }

  /** The defaults for a directory: the application of this JVM, 1 GiB, a day, 50 ms. */
  public static DiskSettings of(Path directory) {
    return new DiskSettings(
        directory,
        applicationOfThisJvm(),
        DEFAULT_BYTES,
        Duration.ofHours(24),
        /* deadline= */ Duration.ofMillis(50));
  }

  /** Its main class or jar and its working directory: what a restart has in common. */
  private static String applicationOfThisJvm() {
    String command = System.getProperty("sun.java.command", "");
    int end = command.indexOf(' ');
    return (end < 0 ? command : command.substring(0, end))
        + " in "
        + System.getProperty("user.dir", "");
  }

  /** The same for another application. */
  public DiskSettings withApplication(String name) {
    return new DiskSettings(directory, name, maximumBytes, longestTtl, deadline);
  }

  /** The same with another bound. */
  public DiskSettings withMaximumBytes(long bytes) {
    return new DiskSettings(directory, application, bytes, longestTtl, deadline);
  }

  /** The same with another longest time to live. */
  public DiskSettings withLongestTtl(Duration ttl) {
    return new DiskSettings(directory, application, maximumBytes, ttl, deadline);
  }

  /** The same with another deadline. */
  public DiskSettings withDeadline(Duration longestWait) {
    return new DiskSettings(directory, application, maximumBytes, longestTtl, longestWait);
  }
}
