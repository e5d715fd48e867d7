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
 * would not serve too: expiry is the tier's, by the same clock. Caffeine sees a key that is in the
 * front once a tick: up to a hundred times a second it counts exactly, more than that it need not
 * know to see that a key is in demand. What Caffeine evicts may be repeated to the end of the tick.
 *
 * <p>It works until the tier has more than {@value #MOST_ENTRIES} entries: to look in vain costs
 * more than the table gains. Four places for each key; who comes first has one until the tick ends.
 * Keys must be immutable, with {@code equals} and {@code hashCode} of the JDK or our own.
 * Thread-safe.
 *
 * <p>A record, because the JIT trusts the fields of records.
 *
 * @param slots a set of {@value #WAYS} for each key
 * @param clock ticks
 * @param open whether there is any use in asking
 * @param hand goes around the slots
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the JIT trusts a record's fields
record Front(@Nullable Slot[] slots, Clock clock, AtomicBoolean open, Hand hand) {

  private static final int SLOTS = 4_096;
  private static final int MOST_ENTRIES = 2_048;
  private static final int WAYS = 4;
  private static final int SHIFT = Integer.numberOfLeadingZeros(SLOTS - 1);
  private static final int GOLDEN_RATIO = 0x9E3779B9;
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Slot[].class);

  /** An entry and when the tier last answered with it. */
  static final class Slot {
    final int hash;
    final Object key;
    final Entry entry;

    /** Whether the tier held the entry when the slot was in its place already. */
    boolean confirmed;

    /** Racy on purpose: any value that it ever had was right for this entry. */
    long tick;

    Slot(int hash, Object key, Entry entry, long tick) {
      this.hash = hash;
      this.key = key;
      this.entry = entry;
      this.tick = tick;
    }
  }

  /** Racy on purpose: it need not come by every slot each time. */
  static final class Hand {
    int place;
  }

  /** An empty front. */
  static Front create(Clock clock) {
    return new Front(new @Nullable Slot[SLOTS], clock, new AtomicBoolean(true), new Hand());
  }

  /**
   * Closes when the tier has too many entries.
   *
   * @return whether this call did
   */
  boolean closeFor(long entries) {
    return entries > MOST_ENTRIES && open.get() && open.compareAndSet(true, false);
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
   * Notes an answer of the tier.
   *
   * @param tick the coarse time before the tier was asked
   * @return what to {@link #confirm}; {@code null} for nothing
   */
  @SuppressWarnings("ReferenceEquality") // this very entry
  @Nullable Slot note(Object key, Entry entry, long tick) {
    int hash = key.hashCode();
    int place = placeOf(hash);
    int free = -1;
    for (int way = 0; way < WAYS; way++) {
      Slot slot = slots[place ^ way];
      if (slot != null && slot.entry == entry) {
        if (!slot.confirmed) {
          return slot;
        }
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
   * Has a slot answer, because the tier was asked once more after the slot was in its place, and
   * still holds the entry: whatever removes it from now on finds the slot.
   *
   * @param tick as it was noted
   */
  void confirm(Slot slot, long tick) {
    slot.confirmed = true;
    slot.tick = tick;
  }

  /**
   * Vacates the next slot around, if nobody asked for it in this tick. An eviction may forget a key
   * a moment before the entry is gone, and another thread may note it in between; such a slot would
   * keep the entry in memory.
   */
  void sweep() {
    int place = hand.place++ & (SLOTS - 1);
    Slot slot = (Slot) SLOT.getVolatile(slots, place);
    if (slot != null && slot.tick != clock.coarseNanos()) {
      SLOT.compareAndSet(slots, place, slot, null);
    }
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
    for (int place = 0; place < SLOTS; place++) {
      Slot slot = (Slot) SLOT.getVolatile(slots, place);
      if (slot != null && keys.test(slot.key)) {
        SLOT.compareAndSet(slots, place, slot, null);
      }
    }
  }

  /** Fibonacci hashing: the high bits of the product depend on all bits of the hash. */
  private static int placeOf(int hash) {
    return (hash * GOLDEN_RATIO) >>> SHIFT;
  }
}
