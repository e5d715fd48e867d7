package io.larder.runtime.coordinator;

import io.larder.runtime.model.Tag;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The tags of one cache's entries, each one object, and the clock that numbers their invalidations.
 * The entries hold their tags and the table does not, so that a tag goes with the last entry that
 * has it. Thread-safe.
 */
final class TagTable {

  private final ConcurrentHashMap<String, Named> tags = new ConcurrentHashMap<>();
  private final ReferenceQueue<Tag> gone = new ReferenceQueue<>();
  private final AtomicLong clock = new AtomicLong();

  private static final class Named extends WeakReference<Tag> {
    private final String name;

    private Named(Tag tag, ReferenceQueue<Tag> gone) {
      super(tag, gone);
      this.name = tag.name();
    }
  }

  /** The number of the last invalidation. */
  long now() {
    return clock.get();
  }

  /** Numbers an invalidation: loads that have begun are older. */
  long next() {
    return clock.incrementAndGet();
  }

  /** The tags of these names, made where they are missing. */
  List<Tag> intern(List<String> names) {
    List<Tag> interned = new ArrayList<>(names.size());
    for (String name : names) {
      interned.add(intern(name));
    }
    return interned;
  }

  private Tag intern(String name) {
    forgetGone();
    Tag made = null;
    for (; ; ) {
      Named there = tags.get(name);
      Tag tag = there == null ? null : there.get();
      if (tag != null) {
        return tag;
      }
      made = made == null ? new Tag(name) : made;
      Named reference = new Named(made, gone);
      if (there == null
          ? tags.putIfAbsent(name, reference) == null
          : tags.replace(name, there, reference)) {
        return made;
      }
    }
  }

  /** The tag of this name; {@code null} when no entry has it. */
  @Nullable Tag find(String name) {
    forgetGone();
    Named there = tags.get(name);
    return there == null ? null : there.get();
  }

  /** How many tags are known. */
  int size() {
    forgetGone();
    return tags.size();
  }

  private void forgetGone() {
    for (Object next = gone.poll(); next != null; next = gone.poll()) {
      Named named = (Named) next;
      tags.remove(named.name, named);
    }
  }
}
