package io.larder.runtime.codec;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * All that it takes to hash keys, one after the other. Made anew for each key it would be seven
 * hundred bytes, and clearing them would cost more than the digest of a short key. Of one thread at
 * a time: who borrows one gives it back, unless something failed.
 */
final class KeyDigest {

  private static final int DIGEST_BYTES = 32;

  /** More threads than these at once, or two that share a place, make their own. */
  private static final int PLACES = 16;

  /** So that those of two processors are not in one line of their caches. */
  private static final int STRIDE = 16;

  /** No thread-locals: threads come and go by the million since they may be virtual. */
  private static final AtomicReferenceArray<@Nullable KeyDigest> IDLE =
      new AtomicReferenceArray<>(PLACES * STRIDE);

  private final MessageDigest sha256 = newSha256();
  private final byte[] digest = new byte[DIGEST_BYTES];
  private final ByteBuffer numbers = ByteBuffer.wrap(digest);
  private final KeyBytes bytes = new KeyBytes();

  private KeyDigest() {}

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) { // each Java platform has to have it
      throw new IllegalStateException(impossible);
    }
  }

  /** One for the calling thread alone. */
  static KeyDigest borrow() {
    KeyDigest idle = IDLE.getAndSet(place(), null);
    return idle == null ? new KeyDigest() : idle;
  }

  /** Leaves it to the next. */
  void giveBack() {
    bytes.clear();
    IDLE.setRelease(place(), this);
  }

  private static int place() {
    return ((int) Thread.currentThread().getId() & (PLACES - 1)) * STRIDE;
  }

  /** Where to write a key. */
  KeyBytes bytes() {
    return bytes;
  }

  /** The hash of what was written. */
  KeyHash ofBytes() {
    return of(bytes.array(), bytes.size());
  }

  /** The hash of so many first bytes of an array. */
  KeyHash of(byte[] key, int length) {
    try {
      sha256.update(key, 0, length);
      int unused = sha256.digest(digest, 0, DIGEST_BYTES);
    } catch (DigestException impossible) {
      throw new IllegalStateException(impossible);
    }
    return new KeyHash(numbers.getLong(0), numbers.getLong(Long.BYTES));
  }
}
