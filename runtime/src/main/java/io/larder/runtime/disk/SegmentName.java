package io.larder.runtime.disk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a segment's files are called; later ones are greater.
 *
 * @param opening of the store in which it was written
 * @param number within that
 */
record SegmentName(long opening, int number) implements Comparable<SegmentName> {

  private static final Pattern FILE = Pattern.compile("seg-(\\d{1,18})-(\\d{1,9})");

  /** The name in that of a file; {@code null} if it is not the file of a segment. */
  static @Nullable SegmentName of(String file) {
    Matcher parts = FILE.matcher(file);
    return parts.matches()
        ? new SegmentName(Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2)))
        : null;
  }

  @Override
  public int compareTo(SegmentName other) {
    int first = Long.compare(opening, other.opening);
    return first != 0 ? first : Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return "seg-" + opening + "-" + number;
  }
}
