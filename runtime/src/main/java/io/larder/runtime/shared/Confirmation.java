package io.larder.runtime.shared;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;

/**
 * Until when it is certain that no invalidation was missed. Each invalidation has the next number
 * of the store's clock. Once all up to a clock that was read from the store have arrived,
 * everything that was invalidated before that read began is known. For one thread.
 *
 * <p>This covers whatever may go wrong, by one rule: a lost message, a connection that is silent, a
 * store that does not answer, and this JVM being held up; each way the proof grows old.
 */
final class Confirmation {

  /** So many early messages mean that the one they wait for is lost. */
  private static final int MOST_EARLY = 10_000;

  private record Reading(long clock, long askedNanos) {}

  private final Deque<Reading> readings = new ArrayDeque<>();

  /** Numbers that came before those below them, as happens between nodes of a cluster. */
  private final TreeSet<Long> early = new TreeSet<>();

  private long contiguous;
  private long confirmedNanos;

  /**
   * Begins anew, when all that is shared was forgotten after the subscription began.
   *
   * @param clock read from the store after that
   * @param askedNanos when that read began
   */
  void start(long clock, long askedNanos) {
    readings.clear();
    early.clear();
    contiguous = clock;
    confirmedNanos = askedNanos;
  }

  /** Whether a number is above any that can be expected: then what says so may be forged. */
  boolean isFarAhead(long number) {
    return number - contiguous > MOST_EARLY;
  }

  /** Notes the number of a message. */
  void received(long number) {
    if (number <= contiguous) {
      return;
    }
    if (number > contiguous + 1) {
      if (early.size() < MOST_EARLY) {
        early.add(number);
      }
      return;
    }
    contiguous = number;
    while (!early.isEmpty() && early.first() <= contiguous + 1) {
      contiguous = Math.max(contiguous, early.pollFirst());
    }
    confirm();
  }

  /**
   * Notes a clock of the store.
   *
   * @param askedNanos when the read of it began
   */
  void read(long clock, long askedNanos) {
    readings.addLast(new Reading(clock, askedNanos));
    confirm();
  }

  private void confirm() {
    while (!readings.isEmpty() && readings.getFirst().clock <= contiguous) {
      confirmedNanos = readings.removeFirst().askedNanos;
    }
  }

  /** All that was invalidated before this time has arrived. */
  long confirmedNanos() {
    return confirmedNanos;
  }

  /** How many numbers are missing, of those that can be known. */
  long missing() {
    long highest = early.isEmpty() ? contiguous : early.last();
    if (!readings.isEmpty()) {
      highest = Math.max(highest, readings.getLast().clock);
    }
    return highest - contiguous - early.size();
  }
}
