package io.larder.runtime.disk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Numbers of invalidations by mark, without objects: a look costs no allocation and no lock.
 * Thread-safe.
 */
final class MarkTable {

  private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int LEAST = 256;

  /** Marks and their numbers by turns; a mark of 0 is free. */
  private volatile long[] slots = new long[LEAST];

  private volatile int size;

  /** The number of the last invalidation; 0 for none that is known. */
  long get(long mark) {
    if (size == 0) {
      return 0;
    }
    long[] table = slots;
    int mask = table.length / 2 - 1;
    int at = (int) mark & mask;
    while (true) {
      long there = (long) SLOTS.getAcquire(table, 2 * at);
      if (there == mark) {
        return (long) SLOTS.getAcquire(table, 2 * at + 1);
      }
      if (there == 0) {
        return 0;
      }
      at = (at + 1) & mask;
    }
  }

  /** Notes an invalidation, unless a later one is known. */
  synchronized void put(long mark, long number) {
    if ((size + 1) * 2 > slots.length / 2) {
      rebuild(slots.length * 2, Long.MIN_VALUE);
    }
    if (put(slots, mark, number)) {
      size = size + 1;
    }
  }

  private static boolean put(long[] table, long mark, long number) {
    int mask = table.length / 2 - 1;
    int at = (int) mark & mask;
    while (true) {
      long there = table[2 * at];
      if (there == mark) {
        if (number > table[2 * at + 1]) {
          SLOTS.setVolatile(table, 2 * at + 1, number);
        }
        return false;
      }
      if (there == 0) {
        SLOTS.setRelease(table, 2 * at + 1, number);
        SLOTS.setVolatile(table, 2 * at, mark); // who finds the mark finds the number
        return true;
      }
      at = (at + 1) & mask;
    }
  }

  /** Forgets all up to a number. */
  synchronized void forgetUpTo(long number) {
    if (size > 0) {
      rebuild(slots.length, number);
    }
  }

  private void rebuild(int length, long above) {
    long[] next = new long[length];
    int kept = 0;
    long[] table = slots;
    for (int i = 0; i < table.length; i += 2) {
      if (table[i] != 0 && table[i + 1] > above) {
        put(next, table[i], table[i + 1]);
        kept++;
      }
    }
    slots = next;
    size = kept;
  }

  /** How many marks there are. */
  int size() {
    return size;
  }

  /** Takes an invalidation. */
  interface Visitor {
    void visit(long mark, long number);
  }

  /** Shows all; of those that come meanwhile, some. */
  void forEach(Visitor visitor) {
    long[] table = slots;
    for (int i = 0; i < table.length; i += 2) {
      long mark = (long) SLOTS.getAcquire(table, i);
      if (mark != 0) {
        visitor.visit(mark, (long) SLOTS.getAcquire(table, i + 1));
      }
    }
  }
}
