package org.mapdb.carried.xxhash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The hash XXH64 over bytes that come in pieces, by <a
 * href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">its specification</a>. For
 * one thread.
 */
public final class StreamingXXHash64 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int STRIPE = 32;
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  private final long seed;
  private final long[] lanes;

  /** What came since the last full stripe. */
  private final byte[] rest = new byte[STRIPE];

  private int inRest;
  private long total;

  StreamingXXHash64(long seed) {
    this.seed = seed;
    lanes = new long[] {seed + PRIME_1 + PRIME_2, seed + PRIME_2, seed, seed - PRIME_1};
  }

  /**
   * Takes more bytes.
   *
   * @param bytes where they are
   * @param offset the index of the first
   * @param length how many
   * @throws IndexOutOfBoundsException if the array has not that many
   */
  public void update(byte[] bytes, int offset, int length) {
    total += length;
    int position = offset;
    int end = offset + length;
    while (position < end) {
      if (inRest == 0 && end - position >= STRIPE) {
        stripe(bytes, position);
        position += STRIPE;
      } else {
        int taken = Math.min(STRIPE - inRest, end - position);
        System.arraycopy(bytes, position, rest, inRest, taken);
        position += taken;
        inRest += taken;
        if (inRest == STRIPE) {
          stripe(rest, 0);
          inRest = 0;
        }
      }
    }
  }

  private void stripe(byte[] bytes, int position) {
    for (int lane = 0; lane < lanes.length; lane++) {
      lanes[lane] = round(lanes[lane], (long) LONGS.get(bytes, position + 8 * lane));
    }
  }

  /**
   * The hash of all that came until now.
   *
   * @return the hash
   */
  public long getValue() {
    long hash = (total >= STRIPE ? merged() : seed + PRIME_5) + total;
    int position = 0;
    for (; position <= inRest - 8; position += 8) {
      hash ^= round(0, (long) LONGS.get(rest, position));
      hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
    }
    for (; position <= inRest - 4; position += 4) {
      hash ^= ((int) INTS.get(rest, position) & 0xFFFFFFFFL) * PRIME_1;
      hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
    }
    for (; position < inRest; position++) {
      hash ^= (rest[position] & 0xFF) * PRIME_5;
      hash = Long.rotateLeft(hash, 11) * PRIME_1;
    }
    hash = (hash ^ hash >>> 33) * PRIME_2;
    hash = (hash ^ hash >>> 29) * PRIME_3;
    return hash ^ hash >>> 32;
  }

  private long merged() {
    long hash =
        Long.rotateLeft(lanes[0], 1)
            + Long.rotateLeft(lanes[1], 7)
            + Long.rotateLeft(lanes[2], 12)
            + Long.rotateLeft(lanes[3], 18);
    for (long lane : lanes) {
      hash = (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }
    return hash;
  }

  private static long round(long accumulator, long input) {
    return Long.rotateLeft(accumulator + input * PRIME_2, 31) * PRIME_1;
  }
}
