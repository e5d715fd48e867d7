package io.larder.runtime.policy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What people wrote for a setting. Each method answers it without what does not count, or throws an
 * {@link IllegalArgumentException} that names the setting, the rule and the value.
 *
 * @param key the name of the setting
 * @param text what stands there, without blanks around it
 */
record SettingText(String key, String text) {

  SettingText {
    text = text.strip();
  }

  /**
   * Any text for which something holds.
   *
   * @param rule as it stands behind "must be"
   */
  String that(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(key + " must be " + rule + ": \"" + text + "\"");
    }
    return text;
  }

  /** {@code true} or {@code false}. */
  String truth() {
    String lower = text.toLowerCase(Locale.ROOT);
    that(lower.equals("true") || lower.equals("false"), "true or false");
    return lower;
  }

  /** One of some words in small letters. */
  String oneOf(List<String> words) {
    String lower = text.toLowerCase(Locale.ROOT);
    that(words.contains(lower), "one of " + String.join(", ", words));
    return lower;
  }

  /** A duration that is not too long. */
  String duration(Duration longest, String rule) {
    return that(DurationText.parse(key, text).compareTo(longest) <= 0, rule);
  }

  /** A duration, or {@code off}. */
  String durationOrOff() {
    var unused = DurationText.parseOrOff(key, text);
    return text;
  }

  /** A duration that is not too long, or {@code off}. */
  String durationOrOff(Duration longest, String rule) {
    Duration duration = DurationText.parseOrOff(key, text);
    return that(duration == null || duration.compareTo(longest) <= 0, rule);
  }

  /** A size within bounds. */
  String size(long least, long most, String rule) {
    long bytes = SizeText.parseOrOff(key, text);
    return that(bytes >= least && bytes <= most, rule);
  }

  /** Names of classes. */
  String classNames() {
    ClassNames.check(key, text);
    return text;
  }
}
