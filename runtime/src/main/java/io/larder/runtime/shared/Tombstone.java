package io.larder.runtime.shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * What is left of the last invalidation of a key. Written as the clock in digits and, if an entry
 * was stored along with it, a blank and that entry's field.
 *
 * @param clock of the invalidation
 * @param spared the field of the entry that it does not outdate; empty if there is none
 */
record Tombstone(long clock, String spared) {

  /**
   * Reads what is stored.
   *
   * @param stored untrusted
   * @return {@code null} if it is none
   */
  static @Nullable Tombstone of(Object stored) {
    if (!(stored instanceof byte[] bytes)) {
      return null;
    }
    String text = new String(bytes, UTF_8);
    int blank = text.indexOf(' ');
    String digits = blank < 0 ? text : text.substring(0, blank);
    try {
      return new Tombstone(Long.parseLong(digits), blank < 0 ? "" : text.substring(blank + 1));
    } catch (NumberFormatException none) {
      return null;
    }
  }

  /**
   * Whether an entry does not count any more.
   *
   * @param begun the clock when its load began
   * @param field under which it is stored
   */
  boolean outdates(long begun, byte[] field) {
    return clock > begun && !spared.equals(new String(field, UTF_8));
  }
}
