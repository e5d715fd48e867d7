package io.larder.runtime.codec;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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

  /** That of a key. */
  public static KeyHash of(byte[] key) {
    try {
      ByteBuffer digest = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key));
      return new KeyHash(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException impossible) { // each Java platform has to have it
      throw new IllegalStateException(impossible);
    }
  }

  /** As 32 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
