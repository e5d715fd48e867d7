package io.larder.benchmarks.promotion;

/** A bounded memory in front of Redis, as a rule of promotion sees it. Not thread-safe. */
interface Memory {

  /** Whether it answers this request; a request it answers counts for what it keeps. */
  boolean answers(Long key);

  /** Offers it what Redis answered; it may refuse. */
  void offer(Long key);
}
