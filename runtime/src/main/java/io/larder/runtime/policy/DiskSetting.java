package io.larder.runtime.policy;

import java.time.Duration;
import java.util.List;

/** One part of {@link DiskOptions}, as people name it and write it. */
public enum DiskSetting implements SectionSetting {
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

  @Override
  public String key() {
    return key;
  }

  @Override
  public String otherwise() {
    return otherwise;
  }

  @Override
  public String checked(String value) {
    SettingText text = new SettingText(key, value);
    return switch (this) {
      case DIRECTORY -> text.that(value.indexOf('\0') < 0, "the path of a directory");
      case APPLICATION -> text.that(text.text().length() <= LONGEST_NAME, "at most 200 characters");
      case MAXIMUM_BYTES ->
          text.size(
              LEAST_BYTES,
              MOST_BYTES,
              "from 16MB to 1TB; leave out directory to keep nothing on disk");
      case DEADLINE -> text.duration(LONGEST_DEADLINE, "at most 10s");
      case FALLBACK -> text.durationOrOff();
      case WARM_START -> text.truth();
      case COMPRESSION -> text.oneOf(COMPRESSIONS);
      case ALLOW -> text.classNames();
    };
  }
}
