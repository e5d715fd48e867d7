package io.larder.it.apps.concurrency;

import io.larder.Cached;
import io.larder.it.apps.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads that each load a key for which the next thread of the ring is needed. */
public final class Rings {

  private static final int ROUNDS = 20;

  private Rings() {}

  public static void main(String[] arguments) throws Exception {
    for (int size : new int[] {2, 3, 7}) {
      Probe.say("ring" + size, rounds(size, Rings::link));
      Probe.say("twoCaches" + size, rounds(size, Rings::linkOfTwoCaches));
      Probe.say("locked" + size, rounds(size, Rings::linkUnderLock));
    }
    Probe.say("lockOrder", lockOrder());
  }

  private interface Link {
    long call(Ring ring, int index);
  }

  /** How many of the rounds ended with the right result in each thread, in time. */
  private static int rounds(int size, Link link) throws Exception {
    int right = 0;
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Ring ring = new Ring(size);
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int index = 0; index < size; index++) {
          int start = index;
          tasks.add(() -> link.call(ring, start) % 1_000);
        }
        boolean all = true;
        int expected = 0;
        for (Future<Long> result : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
          all &= !result.isCancelled() && result.get() == expected++;
        }
        right += all ? 1 : 0;
      }
    } finally {
      threads.shutdownNow();
    }
    return right;
  }

  private static long link(Ring ring, int index) {
    return ring.load(index, 0);
  }

  private static long linkOfTwoCaches(Ring ring, int index) {
    return index % 2 == 0 ? ring.load(index, 1) : ring.otherLoad(index, 1);
  }

  /** The callers hold monitors of their own while they load. */
  private static long linkUnderLock(Ring ring, int index) {
    synchronized (ring.locks[index]) {
      return ring.load(index, 2);
    }
  }

  /**
   * One thread loads a key and wants a monitor; another holds the monitor and wants the key. Nobody
   * can see such a ring, so the waiting has an end, after which the caller computes for itself.
   */
  private static String lockOrder() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Ring ring = new Ring(2);
      Future<Long> loader = threads.submit(() -> ring.loadThenLock(1));
      Future<Long> holder =
          threads.submit(
              () -> {
                synchronized (ring.locks[0]) {
                  ring.meet();
                  return ring.loadThenLock(1);
                }
              });
      return loader.get(60, TimeUnit.SECONDS) + " " + holder.get(60, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
  }

  private static final class Ring {

    private final int size;
    private final CyclicBarrier barrier;
    private final Object[] locks;
    private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);

    Ring(int size) {
      this.size = size;
      barrier = new CyclicBarrier(size);
      locks = new Object[size];
      for (int i = 0; i < size; i++) {
        locks[i] = new Object();
      }
    }

    /** Each thread is in its own load before any of them goes for the next one's key. */
    @Cached
    long load(int index, int kind) {
      return next(index, kind);
    }

    @Cached
    long otherLoad(int index, int kind) {
      return next(index, kind);
    }

    private long next(int index, int kind) {
      int deep = depth.get();
      if (deep < size) {
        depth.set(deep + 1);
        try {
          if (deep == 0) {
            meet();
          }
          int next = (index + 1) % size;
          long seen = kind == 1 && next % 2 == 1 ? otherLoad(next, kind) : load(next, kind);
          if (seen != right(next, kind)) {
            throw new IllegalStateException(next + " answered " + seen);
          }
        } finally {
          depth.set(deep);
        }
      }
      return right(index, kind);
    }

    static long right(int index, int kind) {
      return 1_000L * kind + index;
    }

    @Cached(waitAtMost = "500ms")
    long loadThenLock(int number) {
      if (!Thread.holdsLock(locks[0])) {
        meet();
      }
      synchronized (locks[0]) {
        return number;
      }
    }

    private void meet() {
      try {
        barrier.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      } catch (BrokenBarrierException | TimeoutException late) {
        throw new IllegalStateException("The threads of the ring did not meet", late);
      }
    }
  }
}
