package io.larder.runtime.memory;

import io.larder.runtime.model.Entry;
import io.larder.runtime.time.Clock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A small table in front of a small tier: a look costs half of one into Caffeine, and the key need
 * not even be allocated.
 *
 * <p>It repeats an answer of the tier within the same tick of the coarse clock and no longer, and
 * forgets a key before a removal or a replacement returns. So nothing is served here that the tier
 * would not serve too: expiry is the tier's, by the same clock. Caffeine sees each key once a tick:
 * up to a hundred times a second it counts exactly, more than that it need not know to see that a
 * key is in demand. What Caffeine evicts may be repeated to the end of the tick.
 *
 * <p>It works until the tier has more entries than fit: to look in vain costs more than the table
 * gains. Four places for each key; who comes first has one until the tick ends. Keys must be
 * immutable, with {@code equals} and {@code hashCode} of the JDK or our own. Thread-safe.
 *
 * <p>A record, because the JIT trusts the fields of records.
 *
 * @param slots as many as a power of two, at least {@value #WAYS}
 * @param clock ticks
 * @param open whether there is any use in asking
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the JIT trusts a record's fields
record Front(@Nullable Slot[] slots, Clock clock, AtomicBoolean open) {

  private static final int MOST_SLOTS = 4096;
  private static final int WAYS = 4;
  private static final int GOLDEN_RATIO = 0x9E3779B9;
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Slot[].class);

  /** An entry and when the tier last answered with it. */
  static final class Slot {
    final int hash;
    final Object key;
    final Entry entry;

    /** Racy on purpose: any value that it ever had was right for this entry. */
    long tick;

    Slot(int hash, Object key, Entry entry, long tick) {
      this.hash = hash;
      this.key = key;
      this.entry = entry;
      this.tick = tick;
    }
  }

  /**
   * An empty front.
   *
   * @param maximumEntries of the tier; 0 for no maximum
   */
  static Front create(long maximumEntries, Clock clock) {
    boolean small = maximumEntries > 0 && maximumEntries < MOST_SLOTS / 2;
    int wanted = small ? 2 * (int) maximumEntries : MOST_SLOTS;
    int slots = Math.max(WAYS, Integer.highestOneBit(2 * wanted - 1));
    return new Front(new @Nullable Slot[slots], clock, new AtomicBoolean(true));
  }

  /**
   * Closes for ever when the tier has too many entries.
   *
   * @return whether this call did
   */
  boolean closeFor(long entries) {
    return entries > slots.length / 2 && open.get() && open.compareAndSet(true, false);
  }

  /** The entry for a key, if the tier answered with it in this tick. */
  @Nullable Entry get(Object key) {
    long tick = clock.coarseNanos();
    int hash = key.hashCode();
    int place = placeOf(hash);
    Slot slot = slots[place];
    for (int way = 1; way < WAYS && (slot == null || slot.hash != hash); way++) {
      slot = slots[place ^ way];
    }
    // One call of equals, so that the JIT inlines it and with it makes the key disappear.
    return slot != null && slot.tick == tick && key.equals(slot.key) ? slot.entry : null;
  }

  /**
   * Notes an answer of the tier. If this takes a slot, it comes to nothing unless the tier still
   * holds the entry now, and {@link #confirm} is called.
   *
   * @param tick the coarse time before the tier was asked
   * @return what to confirm; {@code null} for nothing
   */
  @SuppressWarnings("ReferenceEquality") // this very entry
  @Nullable Slot note(Object key, Entry entry, long tick) {
    int hash = key.hashCode();
    int place = placeOf(hash);
    int free = -1;
    for (int way = 0; way < WAYS; way++) {
      Slot slot = slots[place ^ way];
      if (slot != null && slot.entry == entry) {
        slot.tick = tick;
        return null;
      }
      if (free < 0 && (slot == null || slot.tick != tick)) {
        free = place ^ way;
      }
    }
    if (free < 0) {
      return null;
    }
    Slot slot = new Slot(hash, key, entry, tick - 1); // a tick that has passed, until confirmed
    SLOT.setVolatile(slots, free, slot);
    return slot;
  }

  /**
   * Has a slot answer. The tier was asked after the slot was in its place: either that saw a
   * removal, or the removal saw the slot.
   */
  void confirm(Slot slot) {
    slot.tick++;
  }

  /** Forgets a key, after the tier has. */
  void forget(Object key) {
    int hash = key.hashCode();
    int place = placeOf(hash);
    for (int way = 0; way < WAYS; way++) {
      Slot slot = (Slot) SLOT.getVolatile(slots, place ^ way);
      if (slot != null && slot.hash == hash && slot.key.equals(key)) {
        SLOT.compareAndSet(slots, place ^ way, slot, null);
      }
    }
  }

  /** Forgets all keys that pass, after the tier has. */
  void forgetKeys(Predicate<Object> keys) {
    for (int place = 0; place < slots.length; place++) {
      Slot slot = (Slot) SLOT.getVolatile(slots, place);
      if (slot != null && keys.test(slot.key)) {
        SLOT.compareAndSet(slots, place, slot, null);
      }
    }
  }

  /** Fibonacci hashing: the high bits of the product depend on all bits of the hash. */
  private int placeOf(int hash) {
    return (hash * GOLDEN_RATIO) >>> Integer.numberOfLeadingZeros(slots.length - 1);
  }
}
