package io.larder.benchmarks.promotion;

import java.util.LinkedHashMap;

/** Keeps what was used last; takes whatever it is offered. */
final class LruMemory implements Memory {

  private final LinkedHashMap<Long, Boolean> entries =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);

  private final int capacity;

  LruMemory(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public boolean answers(Long key) {
    return entries.get(key) != null;
  }

  @Override
  public void offer(Long key) {
    entries.put(key, true);
    if (entries.size() > capacity) {
      entries.remove(entries.keySet().iterator().next());
    }
  }
}
