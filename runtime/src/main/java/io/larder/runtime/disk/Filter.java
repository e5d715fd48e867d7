package io.larder.runtime.disk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Knows of marks that they are not in a segment: a Bloom filter whose bits for one mark lie in one
 * line of the processor's cache (Putze, Sanders, Singler: "Cache-, Hash- and Space-Efficient Bloom
 * Filters"), grown by a part of twice the size whenever it is full. About one of a hundred absent
 * marks is taken for present.
 *
 * <p>One thread adds, any may ask. Who adds a mark and then looks for an invalidation, and who
 * notes an invalidation and then asks here, cannot miss each other: both sides are volatile.
 */
final class Filter {

  private static final VarHandle BITS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int LINE_LONGS = 8;
  private static final int BITS_PER_MARK = 12;
  private static final int PROBES = 6;
  private static final int FIRST_LINES = 512;

  /** The last is the one that is filled. */
  private volatile long[][] parts;

  /** Marks that the last part takes yet. Only of the thread that adds. */
  private int room;

  Filter() {
    this.parts = new long[][] {new long[FIRST_LINES * LINE_LONGS]};
    this.room = capacity(parts[0]);
  }

  /** One that was kept; takes no more marks. */
  Filter(List<long[]> kept) {
    this.parts = kept.toArray(long[][]::new);
  }

  private static int capacity(long[] part) {
    return part.length * Long.SIZE / BITS_PER_MARK;
  }

  void add(long mark) {
    if (mayHave(mark)) {
      return;
    }
    long[][] all = parts;
    if (room == 0) {
      long[] next = new long[all[all.length - 1].length * 2];
      long[][] more = Arrays.copyOf(all, all.length + 1);
      more[all.length] = next;
      room = capacity(next);
      parts = more;
      all = more;
    }
    room--;
    long[] last = all[all.length - 1];
    int line = lineOf(mark, last);
    long bits = mark;
    for (int i = 0; i < PROBES; i++) {
      int bit = (int) (bits & 511);
      BITS.getAndBitwiseOr(last, line + (bit >>> 6), 1L << bit);
      bits >>>= 9;
    }
  }

  boolean mayHave(long mark) {
    for (long[] part : parts) {
      if (mayHave(part, mark)) {
        return true;
      }
    }
    return false;
  }

  private static boolean mayHave(long[] part, long mark) {
    int line = lineOf(mark, part);
    long bits = mark;
    for (int i = 0; i < PROBES; i++) {
      int bit = (int) (bits & 511);
      if (((long) BITS.getVolatile(part, line + (bit >>> 6)) & (1L << bit)) == 0) {
        return false;
      }
      bits >>>= 9;
    }
    return true;
  }

  /** By other bits than those that are probed. */
  private static int lineOf(long mark, long[] part) {
    long high = (mark * 0x9E3779B97F4A7C15L) >>> 33;
    return (int) ((high * (part.length / LINE_LONGS)) >>> 31) * LINE_LONGS;
  }

  /** To be kept; the arrays are those in use. */
  List<long[]> parts() {
    return new ArrayList<>(List.of(parts));
  }

  /** Bytes in memory. */
  long bytes() {
    long longs = 0;
    for (long[] part : parts) {
      longs += part.length;
    }
    return longs * Long.BYTES;
  }
}
