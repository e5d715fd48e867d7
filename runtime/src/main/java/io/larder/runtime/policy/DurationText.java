package io.larder.runtime.policy;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as people write them: {@code 250ms}, {@code 30s}, {@code 5m}, {@code PT30S}. */
public final class DurationText {

  private static final Pattern SHORT = Pattern.compile("(\\d{1,18})\\s*(ms|s|m|h|d)");

  private DurationText() {}

  /**
   * Reads a duration, or {@code off}.
   *
   * @param setting what the duration is for: the error names it
   * @return {@code null} for {@code off}
   * @throws IllegalArgumentException if the text is no duration, or not positive, or longer than a
   *     hundred years
   */
  public static @Nullable Duration parseOrOff(String setting, String text) {
    return text.strip().equalsIgnoreCase("off") ? null : read(setting, text, ", or \"off\"");
  }

  /**
   * Reads a duration.
   *
   * @param setting what the duration is for: the error names it
   * @throws IllegalArgumentException as {@link #parseOrOff}
   */
  public static Duration parse(String setting, String text) {
    return read(setting, text, "");
  }

  /** Writes a duration in the shortest form that {@link #parseOrOff} reads back as the same. */
  public static String format(@Nullable Duration duration) {
    if (duration == null) {
      return "off";
    }
    long millis = duration.toMillis();
    if (!duration.equals(Duration.ofMillis(millis))) {
      return duration.toString();
    }
    if (millis % 86_400_000 == 0) {
      return millis / 86_400_000 + "d";
    }
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }

  private static Duration read(String setting, String text, String alternative) {
    Duration duration = amount(text.strip());
    if (duration == null) {
      throw new IllegalArgumentException(
          setting
              + " must be a duration such as \"250ms\", \"30s\", \"5m\", \"2h\", \"1d\" or \"PT30S\""
              + alternative
              + ": \""
              + text
              + "\"");
    }
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(setting + " must be positive: \"" + text + "\"");
    }
    if (duration.compareTo(Duration.ofDays(36_525)) > 0) {
      throw new IllegalArgumentException(
          setting + " must be at most a hundred years" + alternative + ": \"" + text + "\"");
    }
    return duration;
  }

  private static @Nullable Duration amount(String text) {
    Matcher matcher = SHORT.matcher(text.toLowerCase(Locale.ROOT));
    try {
      if (!matcher.matches()) {
        return Duration.parse(text);
      }
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    } catch (DateTimeParseException | ArithmeticException unreadable) {
      return null;
    }
  }
}
