package io.larder.runtime.codec;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What stands for the bytes of a key: the first 128 bits of their SHA-256. Two keys that share them
 * are not found by chance, nor on purpose.
 *
 * @param high the first 64 bits
 * @param low the next 64 bits
 */
public record KeyHash(long high, long low) {

  /** How many bytes it takes. */
  public static final int BYTES = 16;

  /** How many hexadecimal digits it has. */
  public static final int DIGITS = 2 * BYTES;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** That of a key. */
  public static KeyHash of(byte[] key) {
    KeyDigest digest = KeyDigest.borrow();
    KeyHash hash = digest.of(key, key.length);
    digest.giveBack();
    return hash;
  }

  /** What stands for two things of different kinds, whichever is first. */
  public KeyHash with(KeyHash other) {
    return new KeyHash(high ^ other.high, low ^ other.low);
  }

  /**
   * Writes its digits, as ASCII.
   *
   * @param bytes with room for {@value #DIGITS} from there on
   */
  public void writeDigits(byte[] bytes, int at) {
    for (int i = 0; i < DIGITS / 2; i++) {
      int shift = Long.SIZE - 4 * (i + 1);
      bytes[at + i] = HEX[(int) (high >>> shift) & 0xF];
      bytes[at + DIGITS / 2 + i] = HEX[(int) (low >>> shift) & 0xF];
    }
  }

  // A record's own methods are made when they are first asked for: the first shared call of an
  // application would wait some milliseconds for them.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeyHash hash && high == hash.high && low == hash.low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(low);
  }

  /** As {@value #DIGITS} hexadecimal digits. */
  @Override
  public String toString() {
    byte[] digits = new byte[DIGITS];
    writeDigits(digits, 0);
    return new String(digits, StandardCharsets.US_ASCII);
  }
}
