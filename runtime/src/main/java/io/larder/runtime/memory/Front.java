package io.larder.runtime.memory;

import com.github.benmanes.caffeine.cache.Cache;
import io.larder.bootstrap.LarderHit;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Key;
import io.larder.runtime.time.Clock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A small table in front of a small tier, for the calls of one method: a look costs half of one
 * into Caffeine, and the key need not even be allocated.
 *
 * <p>It repeats an answer of the tier within the same tick of the coarse clock and no longer, and
 * forgets a key before a removal or a replacement returns. So nothing is served here that the tier
 * would not serve too: expiry is the tier's, by the same clock. Caffeine sees a key that is in the
 * front once a tick: up to a hundred times a second it counts exactly, more than that it need not
 * know to see that a key is in demand. What Caffeine evicts may be repeated to the end of the tick.
 *
 * <p>Four places for each key; who comes first has one until the tick ends. Keys must be immutable,
 * of one class, with {@code equals} and {@code hashCode} of the JDK or our own. Thread-safe.
 *
 * <p>A record, because the JIT trusts the fields of records.
 *
 * @param slots a set of {@value #WAYS} for each key
 * @param keyClass of its keys; {@code null} for arguments that are their own keys
 * @param entries of the tier
 * @param clock ticks
 * @param hand goes around the slots
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the JIT trusts a record's fields
public record Front(
    @Nullable Slot[] slots,
    @Nullable Class<?> keyClass,
    Cache<Object, Entry> entries,
    Clock clock,
    Hand hand) {

  private static final int SLOTS = 4_096;
  private static final int WAYS = 4;
  private static final int SHIFT = Integer.numberOfLeadingZeros(SLOTS - 1);
  private static final int GOLDEN_RATIO = 0x9E3779B9;
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Slot[].class);

  /**
   * Makes a tick of coarse nanoseconds: two milliseconds, as all are odd. They repeat after 52
   * days. To be taken for one of now, a slot would have to lie untouched for exactly that long, in
   * a tier that nobody asked meanwhile, or it had dropped what expired.
   */
  private static final int TICK_SHIFT = 20;

  /** No tick. */
  private static final int UNCONFIRMED = 0;

  /**
   * A result and when the tier last answered with it. A hit itself, and with all that tells its key
   * from others in its own fields, in 32 bytes: with a thousand of them each further object, and
   * each further word, was measured to cost a look more than all the instructions it saves.
   */
  static final class Slot extends LarderHit {
    final long bits;
    final @Nullable Object reference;

    /**
     * Racy on purpose: any value that it ever had was right for this result. None until the tier
     * was seen to hold the entry when the slot was in its place already.
     */
    int tick = UNCONFIRMED;

    Slot(Object key, @Nullable Object value) {
      super(value);
      this.bits = bitsOf(key);
      this.reference = referenceOf(key);
    }

    private boolean isOf(Object key) {
      return bits == bitsOf(key) && Objects.equals(reference, referenceOf(key));
    }
  }

  /** Racy on purpose: it need not come by every slot each time. */
  static final class Hand {
    int place;
  }

  /** An empty front of a tier. */
  static Front create(@Nullable Class<?> keyClass, Cache<Object, Entry> entries, Clock clock) {
    return new Front(new @Nullable Slot[SLOTS], keyClass, entries, clock, new Hand());
  }

  private boolean isForKeysLike(Object key) {
    return keyClass == null ? !(key instanceof Key) : key.getClass() == keyClass;
  }

  /** The result for a key, if the tier answered with it in this tick. */
  public @Nullable LarderHit get(Object key) {
    int tick = tick();
    long bits = bitsOf(key);
    int place = placeOf(key);
    Slot slot = slots[place];
    for (int way = 1; way < WAYS && (slot == null || slot.bits != bits); way++) {
      slot = slots[place ^ way];
    }
    // One call of equals, so that the JIT inlines it and with it makes the key disappear.
    return slot != null
            && slot.bits == bits
            && slot.tick == tick
            && Objects.equals(referenceOf(key), slot.reference)
        ? slot
        : null;
  }

  /** The tick that it is; for {@link #repeat}. */
  public int tick() {
    return (int) (clock.coarseNanos() >> TICK_SHIFT) | 1;
  }

  /**
   * Repeats an answer of the tier until the tick ends.
   *
   * @param entry what the tier answered; of a value that the method can return
   * @param tick as it was before the tier was asked
   */
  public void repeat(Object key, Entry entry, int tick) {
    Slot slot = note(key, entry, tick);
    if (slot != null) {
      confirm(slot, key, entry, tick);
    }
  }

  /**
   * Puts an answer into its place.
   *
   * @return what to {@link #confirm}; {@code null} for nothing
   */
  @SuppressWarnings("ReferenceEquality") // this very result
  @Nullable Slot note(Object key, Entry entry, int tick) {
    int place = placeOf(key);
    int free = -1;
    for (int way = 0; way < WAYS; way++) {
      Slot slot = slots[place ^ way];
      if (slot != null && slot.value == entry.value && slot.isOf(key)) {
        if (slot.tick == UNCONFIRMED) {
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
    Slot slot = new Slot(key, entry.value);
    SLOT.setVolatile(slots, free, slot);
    return slot;
  }

  /**
   * Has a slot answer, if the tier, asked once more after the slot was in its place, still holds
   * the entry, and no tag outdated it: whatever does so from now on finds the slot.
   */
  @SuppressWarnings("ReferenceEquality") // this very entry
  void confirm(Slot slot, Object key, Entry entry, int tick) {
    if (entries.policy().getIfPresentQuietly(key) == entry && entry.isAlive()) {
      slot.tick = tick;
    } else {
      forget(key);
    }
  }

  /**
   * Vacates the next slot around, if nobody asked for it in this tick. An eviction may forget a key
   * a moment before the entry is gone, and another thread may note it in between; such a slot would
   * keep the result in memory.
   */
  void sweep() {
    int place = hand.place++ & (SLOTS - 1);
    Slot slot = (Slot) SLOT.getVolatile(slots, place);
    if (slot != null && slot.tick != tick()) {
      SLOT.compareAndSet(slots, place, slot, null);
    }
  }

  /** Forgets a key, after the tier has. */
  void forget(Object key) {
    if (!isForKeysLike(key)) {
      return;
    }
    int place = placeOf(key);
    for (int way = 0; way < WAYS; way++) {
      Slot slot = (Slot) SLOT.getVolatile(slots, place ^ way);
      if (slot != null && slot.isOf(key)) {
        SLOT.compareAndSet(slots, place ^ way, slot, null);
      }
    }
  }

  /** Forgets all keys, after the tier has forgotten some. */
  void clear() {
    for (int place = 0; place < SLOTS; place++) {
      SLOT.setVolatile(slots, place, null);
    }
  }

  /** Equal for equal keys; together with {@link #referenceOf} for no others of the same class. */
  private static long bitsOf(Object key) {
    if (key instanceof Long number) {
      return number;
    }
    return key instanceof Key made ? made.bits() : key.hashCode();
  }

  private static @Nullable Object referenceOf(Object key) {
    if (key instanceof Long) {
      return null; // its bits say it all
    }
    return key instanceof Key made ? made.reference() : key;
  }

  /** Fibonacci hashing: the high bits of the product depend on all bits of the hash. */
  private static int placeOf(Object key) {
    return (key.hashCode() * GOLDEN_RATIO) >>> SHIFT;
  }
}
