package io.larder.it.apps.concurrency;

import io.larder.CacheStatistics;
import io.larder.Cached;
import io.larder.Larder;
import io.larder.it.apps.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Virtual threads, where the JDK has them, that wait for one load on a single carrier: a waiter
 * that pinned it would stop the leader as well as all others.
 */
public final class Carriers {

  private static final int WAITERS = 200;

  private static final AtomicInteger bodies = new AtomicInteger();
  private static final AtomicInteger answered = new AtomicInteger();
  private static final CountDownLatch leaderIn = new CountDownLatch(1);
  private static final CountDownLatch open = new CountDownLatch(1);

  private Carriers() {}

  public static void main(String[] arguments) throws Exception {
    List<Thread> threads = new ArrayList<>();
    threads.add(start(Carriers::call));
    Waiting.interruptiblyOn(leaderIn);
    for (int i = 0; i < WAITERS; i++) {
      threads.add(start(Carriers::call));
    }
    Waiting.untilAllWait(threads);
    threads.add(start(open::countDown));
    Waiting.join(threads);
    Probe.say("virtual", isVirtual(threads.get(0)));
    Probe.say("answered", answered);
    Probe.say("bodies", bodies);
    Probe.say(
        "coalesced", Larder.statistics("shared").map(CacheStatistics::coalescedCount).orElse(-1L));
  }

  private static void call() {
    if (shared(1).equals("result 1")) {
      answered.incrementAndGet();
    }
  }

  @Cached(name = "shared", waitAtMost = "60s")
  private static String shared(int number) {
    bodies.incrementAndGet();
    leaderIn.countDown();
    Waiting.on(open);
    return "result " + number;
  }

  /** By reflection, because this is compiled for a JDK without virtual threads. */
  private static Thread start(Runnable task) throws ReflectiveOperationException {
    if (Runtime.version().feature() < 21) {
      Thread thread = new Thread(task);
      thread.start();
      return thread;
    }
    return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
  }

  private static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
    return Runtime.version().feature() >= 21
        && (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
  }
}
