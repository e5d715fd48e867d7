package io.larder.runtime.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a key while they are written: big-endian, bounded in size and depth. What is written
 * says itself where it ends, so that no two different sequences give the same bytes. Not
 * thread-safe.
 */
final class KeyBytes {

  /** A key of more bytes is refused: it would cost more to make than most results. */
  static final int MAX_BYTES = 1 << 20;

  /** Deeper than any sensible argument, and far from the end of a thread's stack. */
  static final int MAX_DEPTH = 64;

  private static final int FIRST_BYTES = 128;

  /** What once was larger is not kept for the next key. */
  private static final int MOST_KEPT_BYTES = 4 << 10;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int size;
  private int depth;

  void writeByte(int value) throws NotStorableException {
    ensureRoom(1);
    bytes[size++] = (byte) value;
  }

  void writeShort(int value) throws NotStorableException {
    writeByte(value >> 8);
    writeByte(value);
  }

  void writeInt(int value) throws NotStorableException {
    ensureRoom(4);
    putInt(size, value);
    size += 4;
  }

  void writeLong(long value) throws NotStorableException {
    writeInt((int) (value >>> 32));
    writeInt((int) value);
  }

  /** Bytes without their number. */
  void writeRaw(byte[] value) throws NotStorableException {
    ensureRoom(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  /** Bytes after their number. */
  void writeBytes(byte[] value) throws NotStorableException {
    writeInt(value.length);
    writeRaw(value);
  }

  /** A text whose surrogates are paired, as UTF-8 after its length. */
  void writeText(String value) throws NotStorableException {
    ensureRoom(value.length()); // refuses a long one before it is copied
    writeBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Enters what holds other values; to be followed by {@link #leave}. */
  void enter() throws NotStorableException {
    if (++depth > MAX_DEPTH) {
      throw new NotStorableException(
          "An argument is nested more than " + MAX_DEPTH + " deep, or holds itself.");
    }
  }

  void leave() {
    depth--;
  }

  int size() {
    return size;
  }

  /** Leaves room for a number that is known later. */
  int reserveInt() throws NotStorableException {
    writeInt(0);
    return size - 4;
  }

  void putInt(int at, int value) {
    bytes[at] = (byte) (value >> 24);
    bytes[at + 1] = (byte) (value >> 16);
    bytes[at + 2] = (byte) (value >> 8);
    bytes[at + 3] = (byte) value;
  }

  /**
   * Sorts what was written piece by piece, by its bytes.
   *
   * @param ends where each piece ends
   * @param count of the ends
   */
  void sort(int start, int[] ends, int count) {
    byte[][] pieces = new byte[count][];
    int from = start;
    for (int i = 0; i < count; i++) {
      pieces[i] = Arrays.copyOfRange(bytes, from, ends[i]);
      from = ends[i];
    }
    Arrays.sort(pieces, Arrays::compareUnsigned);
    int at = start;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, bytes, at, piece.length);
      at += piece.length;
    }
  }

  /** Begins anew. */
  void clear() {
    size = 0;
    if (bytes.length > MOST_KEPT_BYTES) {
      bytes = new byte[FIRST_BYTES];
    }
  }

  /** What holds the bytes, and more behind them. */
  byte[] array() {
    return bytes;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void ensureRoom(int more) throws NotStorableException {
    if (more > MAX_BYTES - size) {
      throw new NotStorableException(
          "The arguments take more than " + MAX_BYTES + " bytes, too many for a shared key.");
    }
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
