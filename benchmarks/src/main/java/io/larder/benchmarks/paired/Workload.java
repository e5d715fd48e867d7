package io.larder.benchmarks.paired;

import java.util.Random;

/**
 * The keys and values of all questions: 1,024 random keys in a cycle, few enough to stay in the
 * processor's cache, so that the cost of the path shows and not the cost of memory.
 */
public final class Workload {

  /** Turns a running number into the index of a key. */
  public static final int MASK = 1023;

  // A string, as the results are: the JIT would know that another type is never equal.
  private static final Object SENTINEL = "no value";

  private static final int SIZE = MASK + 1;
  private static final long[] LONGS = new Random(42).longs(SIZE).toArray();
  private static final int[] INTS = new Random(43).ints(SIZE).toArray();
  private static final String[] STRINGS = strings("sku-", new Random(44));
  private static final String[] VALUES = strings("value-", new Random(45));

  private Workload() {}

  /** The {@code long} keys. */
  public static long[] longs() {
    return LONGS.clone();
  }

  /** The {@code int} parts of the keys with two parts. */
  public static int[] ints() {
    return INTS.clone();
  }

  /** The {@link String} parts of the keys with two parts; no two are equal. */
  public static String[] strings() {
    return STRINGS.clone();
  }

  /** What the body of a measured method does: a load from an array. */
  public static String value(long key) {
    return VALUES[(int) key & MASK];
  }

  /**
   * Whether a result is one that no method returns. Asking consumes the result, so that the JIT
   * must produce it, without looking inside.
   */
  public static boolean isSentinel(Object value) {
    return value == SENTINEL;
  }

  private static String[] strings(String prefix, Random random) {
    String[] strings = new String[SIZE];
    for (int i = 0; i < SIZE; i++) {
      strings[i] = prefix + i + '-' + Integer.toHexString(random.nextInt());
    }
    return strings;
  }
}
