package io.larder.runtime.shared;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Redis says of the store at one moment.
 *
 * @param epoch 0 if it has none, as after all was flushed
 * @param clock the number of the last invalidation
 * @param nodes the servers that the epoch began with
 * @param millis the time of the server
 */
record StoreState(long epoch, long clock, String nodes, long millis) {

  /**
   * Reads what a script answered.
   *
   * @param reply untrusted
   * @return {@code null} if it is no such answer
   */
  static @Nullable StoreState of(@Nullable Object reply) {
    if (!(reply instanceof List<?> parts) || parts.size() != 5) {
      return null;
    }
    long seconds = number(parts.get(3));
    long micros = number(parts.get(4));
    long epoch = number(parts.get(0));
    long clock = number(parts.get(1));
    if (seconds < 0 || micros < 0) {
      return null;
    }
    String nodes = parts.get(2) instanceof byte[] text ? new String(text, US_ASCII) : "";
    boolean whole = epoch > 0 && clock >= 0;
    return new StoreState(
        whole ? epoch : 0, Math.max(0, clock), nodes, seconds * 1_000 + micros / 1_000);
  }

  /** A number in digits; -1 if it is none. */
  static long number(@Nullable Object reply) {
    if (reply instanceof Long number) {
      return number;
    }
    if (reply instanceof byte[] text) {
      try {
        return Long.parseLong(new String(text, US_ASCII));
      } catch (NumberFormatException none) {
        return -1;
      }
    }
    return -1;
  }
}
