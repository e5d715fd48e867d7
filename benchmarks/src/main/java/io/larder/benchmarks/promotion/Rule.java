package io.larder.benchmarks.promotion;

import java.util.List;
import java.util.function.IntFunction;

/**
 * A rule of promotion.
 *
 * @param title as it stands in the table
 * @param memory makes the memory, for so many entries
 * @param afterHits the memory is offered an entry when Redis has answered with it so often since it
 *     was last in memory
 */
record Rule(String title, IntFunction<Memory> memory, int afterHits) {

  /** Larder's own first. */
  static final List<Rule> ALL =
      List.of(
          new Rule("Larder's admission", LarderMemory::new, 1),
          new Rule("LRU, always", LruMemory::new, 1),
          new Rule("LRU, 2 hits", LruMemory::new, 2),
          new Rule("LRU, 3 hits", LruMemory::new, 3),
          new Rule("Larder's memory, 2 hits", LarderMemory::new, 2),
          new Rule("Larder's memory, 3 hits", LarderMemory::new, 3));

  /** The part of the trace's requests that memory answers, where Redis has all from the start. */
  double memoryHitRatio(Trace trace, int capacity) {
    Memory tier = memory.apply(capacity);
    int[] redisHits = new int[trace.unique()]; // as exact as no real counter is
    int answered = 0;
    for (int id : trace.ids()) {
      Long key = trace.key(id);
      if (tier.answers(key)) {
        answered++;
      } else if (++redisHits[id] >= afterHits) {
        redisHits[id] = 0;
        tier.offer(key);
      }
    }
    return (double) answered / trace.ids().length;
  }
}
