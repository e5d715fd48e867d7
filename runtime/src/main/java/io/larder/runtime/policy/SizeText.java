package io.larder.runtime.policy;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 512KB}, {@code 64MB}, {@code 1GB}; 1 KB is 1,024 bytes. */
public final class SizeText {

  private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s*(b|kb|mb|gb|tb)?");
  private static final String UNITS = "bkmgt";

  private SizeText() {}

  /**
   * Reads a size, or {@code off}.
   *
   * @param setting what the size is for: the error names it
   * @return bytes; 0 for {@code off}
   * @throws IllegalArgumentException if the text is no size, or not positive, or too large
   */
  public static long parseOrOff(String setting, String text) {
    String stripped = text.strip().toLowerCase(Locale.ROOT);
    if (stripped.equals("off")) {
      return 0;
    }
    Matcher matcher = SIZE.matcher(stripped);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          setting
              + " must be a size such as \"512KB\", \"64MB\" or \"1GB\", or \"off\": \""
              + text
              + "\"");
    }
    long amount = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2);
    int shift = unit == null ? 0 : 10 * UNITS.indexOf(unit.charAt(0));
    if (amount == 0) {
      throw new IllegalArgumentException(setting + " must be positive: \"" + text + "\"");
    }
    if (amount > Long.MAX_VALUE >> shift) {
      throw new IllegalArgumentException(
          setting + " must be less than 8388608TB: \"" + text + "\"");
    }
    return amount << shift;
  }

  /** Writes a size in the largest unit that divides it, so that it reads back as the same. */
  public static String format(long bytes) {
    if (bytes == 0) {
      return "off";
    }
    int unit = Math.min(Long.numberOfTrailingZeros(bytes) / 10, UNITS.length() - 1);
    String amount = Long.toString(bytes >> (10 * unit));
    return unit == 0 ? amount + "B" : amount + Character.toUpperCase(UNITS.charAt(unit)) + "B";
  }
}
