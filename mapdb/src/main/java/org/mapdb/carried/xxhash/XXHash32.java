package org.mapdb.carried.xxhash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The hash XXH32, by <a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">its
 * specification</a>. Without state.
 */
public final class XXHash32 {

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int PRIME_1 = 0x9E3779B1;
  private static final int PRIME_2 = 0x85EBCA77;
  private static final int PRIME_3 = 0xC2B2AE3D;
  private static final int PRIME_4 = 0x27D4EB2F;
  private static final int PRIME_5 = 0x165667B1;

  XXHash32() {}

  /**
   * The hash of some bytes.
   *
   * @param bytes where they are
   * @param offset the index of the first
   * @param length how many
   * @param seed what the hash begins with
   * @return the hash
   * @throws IndexOutOfBoundsException if the array has not that many
   */
  public int hash(byte[] bytes, int offset, int length, int seed) {
    int end = offset + length;
    int position = offset;
    int hash;
    if (length >= 16) {
      int first = seed + PRIME_1 + PRIME_2;
      int second = seed + PRIME_2;
      int third = seed;
      int fourth = seed - PRIME_1;
      for (; position <= end - 16; position += 16) {
        first = round(first, (int) INTS.get(bytes, position));
        second = round(second, (int) INTS.get(bytes, position + 4));
        third = round(third, (int) INTS.get(bytes, position + 8));
        fourth = round(fourth, (int) INTS.get(bytes, position + 12));
      }
      hash =
          Integer.rotateLeft(first, 1)
              + Integer.rotateLeft(second, 7)
              + Integer.rotateLeft(third, 12)
              + Integer.rotateLeft(fourth, 18);
    } else {
      hash = seed + PRIME_5;
    }
    hash += length;
    for (; position <= end - 4; position += 4) {
      hash = Integer.rotateLeft(hash + (int) INTS.get(bytes, position) * PRIME_3, 17) * PRIME_4;
    }
    for (; position < end; position++) {
      hash = Integer.rotateLeft(hash + (bytes[position] & 0xFF) * PRIME_5, 11) * PRIME_1;
    }
    hash = (hash ^ hash >>> 15) * PRIME_2;
    hash = (hash ^ hash >>> 13) * PRIME_3;
    return hash ^ hash >>> 16;
  }

  private static int round(int accumulator, int input) {
    return Integer.rotateLeft(accumulator + input * PRIME_2, 13) * PRIME_1;
  }
}
