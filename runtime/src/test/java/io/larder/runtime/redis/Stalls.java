package io.larder.runtime.redis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * When the machine did not let threads run: threads that ask for a millisecond's sleep, again and
 * again, note when it took longer. What a measured thread waited in such a time is not the doing of
 * what is measured.
 */
final class Stalls implements AutoCloseable {

  private static final long NAP_NANOS = 1_000_000;
  private static final long NOTED_NANOS = 1_000_000;

  private record Stall(long from, long to) {}

  private final List<Thread> threads;
  private final List<List<Stall>> stalls;
  private volatile boolean ended;

  Stalls(int threads) {
    this.stalls =
        java.util.stream.Stream.generate(CopyOnWriteArrayList<Stall>::new)
            .limit(threads)
            .<List<Stall>>map(list -> list)
            .toList();
    this.threads = stalls.stream().map(list -> new Thread(() -> watch(list), "stalls")).toList();
    this.threads.forEach(
        thread -> {
          thread.setDaemon(true);
          thread.start();
        });
  }

  private void watch(List<Stall> noted) {
    while (!ended) {
      long before = System.nanoTime();
      LockSupport.parkNanos(NAP_NANOS);
      long after = System.nanoTime();
      if (after - before > NAP_NANOS + NOTED_NANOS) {
        noted.add(new Stall(before + NAP_NANOS, after));
      }
    }
  }

  /** The time that the worst of the threads lost between two times. */
  long lostBetween(long from, long to) {
    return stalls.stream()
        .mapToLong(
            list ->
                list.stream()
                    .mapToLong(
                        stall -> Math.max(0, Math.min(stall.to, to) - Math.max(stall.from, from)))
                    .sum())
        .max()
        .orElse(0);
  }

  /** The longest stall of all. */
  long worst() {
    return stalls.stream()
        .flatMap(List::stream)
        .mapToLong(stall -> stall.to - stall.from)
        .max()
        .orElse(0);
  }

  @Override
  public void close() {
    ended = true;
  }
}
