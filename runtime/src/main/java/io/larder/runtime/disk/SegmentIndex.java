package io.larder.runtime.disk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Where in a segment the newest record of an entry is: a table of 32 bits of the entry's mark and
 * the number of its record, 8 bytes for each. What it answers is a guess that the record confirms:
 * of two entries that share the 32 bits, one in a few thousand, the later is found.
 *
 * <p>One thread puts, any may ask; what a record holds was written before it can be found.
 */
final class SegmentIndex {

  private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int LEAST = 1024;
  private static final long RECORD = 0xFFFFFFFFL;

  private volatile long[] slots;

  /** Only of the thread that puts, as a field that others read for statistics. */
  private volatile int size;

  SegmentIndex() {
    this.slots = new long[LEAST];
  }

  /** One that was kept. */
  SegmentIndex(long[] kept, int size) {
    if (Integer.bitCount(kept.length) != 1 || size >= kept.length) {
      throw new IllegalArgumentException("not a table: " + kept.length + " slots, " + size);
    }
    this.slots = kept;
    this.size = size;
  }

  /** The number of the record that may be of an entry; 0 if there is none. */
  long find(long entryMark) {
    long[] table = slots;
    int mask = table.length - 1;
    int tag = (int) entryMark;
    int at = tag & mask;
    for (int i = 0; i <= mask; i++) { // a table that was kept may have no free slot
      long slot = (long) SLOTS.getAcquire(table, at);
      if (slot == 0) {
        return 0;
      }
      if ((int) (slot >>> 32) == tag) {
        return slot & RECORD;
      }
      at = (at + 1) & mask;
    }
    return 0;
  }

  /** Notes the newest record; answers the one before, 0 if there was none. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread puts
  long put(long entryMark, long record) {
    if (record <= 0 || record > RECORD) {
      throw new IllegalArgumentException("a segment has no record " + record);
    }
    if ((size + 1) * 5L > slots.length * 3L) {
      grow();
    }
    long before = put(slots, entryMark << 32 | record);
    if (before == 0) {
      size++;
    }
    return before & RECORD;
  }

  private static long put(long[] table, long slot) {
    int mask = table.length - 1;
    int at = (int) (slot >>> 32) & mask;
    while (true) {
      long there = table[at];
      if (there == 0 || there >>> 32 == slot >>> 32) {
        SLOTS.setRelease(table, at, slot);
        return there;
      }
      at = (at + 1) & mask;
    }
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    for (long slot : slots) {
      if (slot != 0) {
        put(larger, slot);
      }
    }
    slots = larger;
  }

  int size() {
    return size;
  }

  /** The table itself, to be kept; 0 where nothing is. */
  long[] slots() {
    return slots;
  }

  /** Whether there is a record of an entry that is known by its tag only. */
  boolean hasTag(int tag) {
    return find(tag) != 0;
  }

  /** The 32 bits in a slot that an entry is known by. */
  static int tagOf(long slot) {
    return (int) (slot >>> 32);
  }

  /** The record in a slot of the table. */
  static long recordOf(long slot) {
    return slot & RECORD;
  }
}
