package io.larder.runtime.behind;

import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Tier;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Entries that wait to be written, those that are being written, and what became of the rest. For
 * one thread at a time.
 */
final class Waiting {

  private final int capacity;
  private final long mostBytes;

  /** In the order in which their keys came. */
  private final Map<Place, Slot> queue = new LinkedHashMap<>();

  /** Those that a tier is given right now. */
  private final Map<Place, Slot> writing = new HashMap<>();

  /** Of both. */
  private long bytes;

  private long written;
  private long coalesced;
  private long dropped;

  /** A key of a tier; tiers are the same only if they are one object. */
  record Place(Tier tier, Object key) {

    // A record's own methods are made when first asked for, which an application would wait for.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Place that && tier.equals(that.tier) && key.equals(that.key);
    }

    @Override
    public int hashCode() {
      return 31 * tier.hashCode() + key.hashCode();
    }
  }

  /** An entry, and whether it was removed after it was taken to be written. */
  private static final class Slot {
    private final Entry entry;
    private final long bytes;
    private final long sinceNanos;
    private boolean removed;

    Slot(Entry entry, long bytes, long sinceNanos) {
      this.entry = entry;
      this.bytes = bytes;
      this.sinceNanos = sinceNanos;
    }
  }

  /**
   * Nothing yet.
   *
   * @param capacity how many entries wait at most
   * @param mostBytes of all; one entry alone may have more, or it could never be written
   */
  Waiting(int capacity, long mostBytes) {
    this.capacity = capacity;
    this.mostBytes = mostBytes;
  }

  /** Adds an entry in place of an older one, or drops it; answers whether it waits now. */
  boolean offer(Place place, Entry entry, long size, long nowNanos) {
    Slot before = queue.get(place);
    bytes -= before == null ? 0 : before.bytes;
    boolean isFull = before == null && queue.size() >= capacity;
    if (isFull || (bytes > 0 && bytes + size > mostBytes)) {
      queue.remove(place); // one that is older still is of no use any more
      dropped++;
      return false;
    }
    coalesced += before == null ? 0 : 1;
    bytes += size;
    queue.put(place, new Slot(entry, size, before == null ? nowNanos : before.sinceNanos));
    return true;
  }

  /** Counts one that came too late. */
  void drop() {
    dropped++;
  }

  /** Has an entry never arrive, or be among {@link #nextRemoved} if it is being written. */
  void forget(Place place) {
    gone(queue.remove(place));
    Slot arriving = writing.get(place);
    if (arriving != null) {
      arriving.removed = true;
    }
  }

  /** {@link #forget} for all of a tier. */
  void forgetAll(Tier tier) {
    Iterator<Map.Entry<Place, Slot>> all = queue.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Place, Slot> each = all.next();
      if (each.getKey().tier() == tier) {
        gone(each.getValue());
        all.remove();
      }
    }
    writing.forEach((place, slot) -> slot.removed |= place.tier() == tier);
  }

  private void gone(@Nullable Slot slot) {
    bytes -= slot == null ? 0 : slot.bytes;
  }

  /** How many are not yet taken to be written. */
  int queued() {
    return queue.size();
  }

  /** Whether all is written. */
  boolean isEmpty() {
    return queue.isEmpty() && writing.isEmpty();
  }

  /** Takes the first few to be written; they are by their tiers. */
  Map<Tier, Map<Object, Entry>> take(int most) {
    Map<Tier, Map<Object, Entry>> batches = new HashMap<>();
    Iterator<Map.Entry<Place, Slot>> first = queue.entrySet().iterator();
    while (first.hasNext() && writing.size() < most) {
      Map.Entry<Place, Slot> next = first.next();
      Place place = next.getKey();
      writing.put(place, next.getValue());
      batches
          .computeIfAbsent(place.tier(), tier -> new LinkedHashMap<>())
          .put(place.key(), next.getValue().entry);
      first.remove();
    }
    return batches;
  }

  /** A tier did not take these; those of them that were removed meanwhile are still to be. */
  void lost(Tier tier, Set<Object> keys) {
    for (Object key : keys) {
      Place place = new Place(tier, key);
      Slot slot = writing.get(place);
      if (slot != null && !slot.removed) {
        gone(writing.remove(place));
        dropped++;
      }
    }
  }

  /** One that was removed while it was written, once; {@code null} if there is none. */
  @Nullable Place nextRemoved() {
    for (Map.Entry<Place, Slot> each : writing.entrySet()) {
      if (each.getValue().removed) {
        Place removed = each.getKey();
        gone(writing.remove(removed));
        return removed;
      }
    }
    return null;
  }

  /** What was taken is written. */
  void wrote() {
    written += writing.size();
    endWriting();
  }

  /** What was taken is not written. */
  void dropTaken() {
    dropped += writing.size();
    endWriting();
  }

  private void endWriting() {
    writing.values().forEach(this::gone);
    writing.clear();
  }

  /** Drops what was not taken yet; answers how many. */
  int dropQueued() {
    int left = queue.size();
    dropped += left;
    queue.values().forEach(this::gone);
    queue.clear();
    return left;
  }

  /** What waits, and what became of the rest. */
  WriteBehindStatistics statistics(long nowNanos) {
    long since = queue.isEmpty() ? nowNanos : queue.values().iterator().next().sinceNanos;
    return new WriteBehindStatistics(
        queue.size() + writing.size(), Math.max(0, nowNanos - since), written, coalesced, dropped);
  }
}
