package io.larder.runtime.policy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said about the disk: where results are kept and how many. Immutable. */
public final class DiskOptions extends SectionOptions<DiskSetting, DiskOptions> {

  /** Nothing is said: nothing is kept on disk. */
  public static final DiskOptions NONE = new DiskOptions(Map.of());

  DiskOptions(Map<DiskSetting, String> texts) {
    super(DiskSetting.class, texts);
  }

  @Override
  DiskOptions of(Map<DiskSetting, String> said) {
    return new DiskOptions(said);
  }

  /** The directory that results are kept in; {@code null} to keep none. */
  public @Nullable String directory() {
    return textOrNull(DiskSetting.DIRECTORY);
  }

  /**
   * Whose results they are: a JVM takes only those of one that said the same. {@code null} for the
   * main class or jar, and the working directory.
   */
  public @Nullable String application() {
    return textOrNull(DiskSetting.APPLICATION);
  }

  /** How many bytes the files take at most. */
  public long maximumBytes() {
    return SizeText.parseOrOff(DiskSetting.MAXIMUM_BYTES.key(), text(DiskSetting.MAXIMUM_BYTES));
  }

  /** How long a call waits for the disk at most. */
  public Duration deadline() {
    return duration(DiskSetting.DEADLINE);
  }

  /**
   * How long results that are shared over Redis are served from disk while Redis is away; zero for
   * not at all.
   */
  public Duration fallback() {
    return durationOrZero(DiskSetting.FALLBACK);
  }

  /** Whether what was used most is read ahead after a restart. */
  public boolean warmStart() {
    return truth(DiskSetting.WARM_START);
  }

  /** How large results are made smaller: {@code lz4}, {@code deflate} or {@code off}. */
  public String compression() {
    return text(DiskSetting.COMPRESSION);
  }

  /** Names of classes that results may hold beside those that the methods declare. */
  public List<String> allow() {
    return classNames(DiskSetting.ALLOW);
  }
}
