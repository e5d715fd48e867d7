package io.larder.runtime.policy;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is said about the disk: where results are kept and how many. Immutable.
 *
 * @param texts what is said, by setting; nothing of what is not said
 */
public record DiskOptions(Map<DiskSetting, String> texts) {

  /** Nothing is said: nothing is kept on disk. */
  public static final DiskOptions NONE = new DiskOptions(Map.of());

  /**
   * Copies and checks the values.
   *
   * @throws IllegalArgumentException if one is not allowed; the message names the setting
   */
  public DiskOptions {
    EnumMap<DiskSetting, String> checked = new EnumMap<>(DiskSetting.class);
    texts.forEach((setting, text) -> checked.put(setting, setting.checked(text)));
    texts = Collections.unmodifiableMap(checked);
  }

  /**
   * The same with one more part, or another value for it.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public DiskOptions with(DiskSetting setting, String text) {
    EnumMap<DiskSetting, String> more = new EnumMap<>(DiskSetting.class);
    more.putAll(texts);
    more.put(setting, text);
    return new DiskOptions(more);
  }

  private String text(DiskSetting setting) {
    return texts.getOrDefault(setting, setting.otherwise());
  }

  /** The directory that results are kept in; {@code null} to keep none. */
  public @Nullable String directory() {
    String text = text(DiskSetting.DIRECTORY);
    return text.isEmpty() ? null : text;
  }

  /**
   * Whose results they are: a JVM takes only those of one that said the same. {@code null} for the
   * main class or jar, and the working directory.
   */
  public @Nullable String application() {
    String text = text(DiskSetting.APPLICATION);
    return text.isEmpty() ? null : text;
  }

  /** How many bytes the files take at most. */
  public long maximumBytes() {
    return SizeText.parseOrOff(DiskSetting.MAXIMUM_BYTES.key(), text(DiskSetting.MAXIMUM_BYTES));
  }

  /** How long a call waits for the disk at most. */
  public Duration deadline() {
    return DurationText.parse(DiskSetting.DEADLINE.key(), text(DiskSetting.DEADLINE));
  }

  /**
   * How long results that are shared over Redis are served from disk while Redis is away; zero for
   * not at all.
   */
  public Duration fallback() {
    return Objects.requireNonNullElse(
        DurationText.parseOrOff(DiskSetting.FALLBACK.key(), text(DiskSetting.FALLBACK)),
        Duration.ZERO);
  }

  /** Whether what was used most is read ahead after a restart. */
  public boolean warmStart() {
    return text(DiskSetting.WARM_START).equals("true");
  }

  /** How large results are made smaller: {@code lz4}, {@code deflate} or {@code off}. */
  public String compression() {
    return text(DiskSetting.COMPRESSION);
  }

  /** Names of classes that results may hold beside those that the methods declare. */
  public List<String> allow() {
    return ClassNames.parse(text(DiskSetting.ALLOW));
  }
}
