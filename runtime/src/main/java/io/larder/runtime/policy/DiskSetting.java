package io.larder.runtime.policy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** One part of {@link DiskOptions}, as people name it and write it. */
public enum DiskSetting {
  /** Where results are kept. */
  DIRECTORY("directory", ""),
  /** Whose results they are. */
  APPLICATION("application", ""),
  /** How many bytes the files take at most. */
  MAXIMUM_BYTES("maximumBytes", "1GB"),
  /** How long a call waits for the disk at most. */
  DEADLINE("deadline", "50ms"),
  /** How long results that are shared over Redis are served while it is away. */
  FALLBACK("fallback", "off"),
  /** Whether what was used most is read ahead after a restart. */
  WARM_START("warmStart", "true"),
  /** How large results are made smaller. */
  COMPRESSION("compression", "lz4"),
  /** Which classes results may hold beside the declared ones. */
  ALLOW("allow", "");

  /** The ways to make large results smaller. */
  public static final List<String> COMPRESSIONS = RedisSetting.COMPRESSIONS;

  /** Below it a segment would hold too few results to be worth a file. */
  private static final long LEAST_BYTES = 16L << 20;

  private static final long MOST_BYTES = 1L << 40;
  private static final int LONGEST_NAME = 200;
  private static final Duration LONGEST_DEADLINE = Duration.ofSeconds(10);

  private final String key;
  private final String otherwise;

  DiskSetting(String key, String otherwise) {
    this.key = key;
    this.otherwise = otherwise;
  }

  /** The name that people write, below {@code disk} in the file. */
  public String key() {
    return key;
  }

  /** What holds where nothing is said. */
  String otherwise() {
    return otherwise;
  }

  /**
   * A value without what does not count.
   *
   * @throws IllegalArgumentException if it is not understood or out of range; the message is for
   *     the one who wrote it
   */
  String checked(String value) {
    String text = value.strip();
    return switch (this) {
      case DIRECTORY -> {
        require(text.indexOf('\0') < 0, "the path of a directory", text);
        yield text;
      }
      case APPLICATION -> {
        require(text.length() <= LONGEST_NAME, "at most 200 characters", text);
        yield text;
      }
      case MAXIMUM_BYTES -> {
        long bytes = SizeText.parseOrOff(key, text);
        require(
            bytes >= LEAST_BYTES && bytes <= MOST_BYTES,
            "from 16MB to 1TB; leave out directory to keep nothing on disk",
            text);
        yield text;
      }
      case DEADLINE -> {
        Duration deadline = DurationText.parse(key, text);
        require(deadline.compareTo(LONGEST_DEADLINE) <= 0, "at most 10s", text);
        yield text;
      }
      case FALLBACK -> {
        var unused = DurationText.parseOrOff(key, text);
        yield text;
      }
      case WARM_START -> {
        String lower = text.toLowerCase(Locale.ROOT);
        require(lower.equals("true") || lower.equals("false"), "true or false", text);
        yield lower;
      }
      case COMPRESSION -> {
        String lower = text.toLowerCase(Locale.ROOT);
        require(COMPRESSIONS.contains(lower), "one of " + String.join(", ", COMPRESSIONS), text);
        yield lower;
      }
      case ALLOW -> {
        ClassNames.check(key, text);
        yield text;
      }
    };
  }

  private void require(boolean holds, String rule, String value) {
    if (!holds) {
      throw new IllegalArgumentException(key + " must be " + rule + ": \"" + value + "\"");
    }
  }
}
