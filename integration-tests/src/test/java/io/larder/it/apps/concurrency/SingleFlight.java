package io.larder.it.apps.concurrency;

import io.larder.CacheStatistics;
import io.larder.Cached;
import io.larder.Larder;
import io.larder.it.apps.Probe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Many threads miss one key at the same time. */
public final class SingleFlight {

  private static final int WAITERS = 20;

  private final CountDownLatch leaderIn = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);
  private final AtomicInteger bodies = new AtomicInteger();

  private SingleFlight() {}

  public static void main(String[] arguments) throws Exception {
    new SingleFlight().manyThreadsRunOnce();
    new SingleFlight().leaderFails();
    new SingleFlight().leaderInterrupted();
    new SingleFlight().waiterInterrupted();
    new SingleFlight().interruptedBeforeCall();
    new SingleFlight().waitHasAnEnd();
  }

  private void manyThreadsRunOnce() throws InterruptedException {
    List<Object> results = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = leaderAndWaiters(() -> results.add(shared(1)));
    open.countDown();
    Waiting.join(threads);
    Probe.say("once.results", results.size() + " " + results.stream().distinct().toList());
    Probe.say("once.bodies", bodies);
    CacheStatistics statistics = Larder.statistics("once").orElseThrow();
    Probe.say("once.coalesced", statistics.coalescedCount());
    Probe.say("once.loads", statistics.loadCount());
  }

  @Cached(name = "once", waitAtMost = "60s")
  String shared(int number) {
    bodies.incrementAndGet();
    leaderIn.countDown();
    Waiting.on(open);
    return "shared " + number;
  }

  private void leaderFails() throws InterruptedException {
    Set<Throwable> thrown =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    AtomicInteger failures = new AtomicInteger();
    List<Thread> threads =
        leaderAndWaiters(
            () -> {
              try {
                failing(1);
              } catch (IllegalStateException failure) {
                failures.incrementAndGet();
                thrown.add(failure);
              }
            });
    open.countDown();
    Waiting.join(threads);
    Probe.say("failing.failures", failures);
    Probe.say("failing.distinct", thrown);
    Probe.say("failing.bodies", bodies);
  }

  @Cached(waitAtMost = "60s")
  String failing(int number) {
    bodies.incrementAndGet();
    leaderIn.countDown();
    Waiting.on(open);
    throw new IllegalStateException("failed " + number);
  }

  private void leaderInterrupted() throws InterruptedException {
    List<Object> results = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger interruptions = new AtomicInteger();
    List<Thread> threads =
        leaderAndWaiters(
            () -> {
              try {
                results.add(interruptible(1));
              } catch (InterruptedException interrupted) {
                interruptions.incrementAndGet();
              }
            });
    threads.get(0).interrupt();
    Waiting.join(threads);
    Probe.say("handedOver.interruptions", interruptions);
    Probe.say("handedOver.results", results.size() + " " + results.stream().distinct().toList());
    Probe.say("handedOver.bodies", bodies);
  }

  @Cached(waitAtMost = "60s")
  String interruptible(int number) throws InterruptedException {
    if (bodies.incrementAndGet() == 1) {
      leaderIn.countDown();
      Waiting.interruptiblyOn(open);
    }
    return "result " + number;
  }

  private void waiterInterrupted() throws InterruptedException {
    List<Object> results = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger flags = new AtomicInteger();
    List<Thread> threads =
        leaderAndWaiters(
            () -> {
              results.add(blockingFirst(1));
              if (Thread.currentThread().isInterrupted()) {
                flags.incrementAndGet();
              }
            });
    threads.get(1).interrupt();
    open.countDown();
    Waiting.join(threads);
    Probe.say("waiter.results", results.size() + " " + results.stream().distinct().toList());
    Probe.say("waiter.flags", flags);
  }

  @Cached(waitAtMost = "60s")
  String blockingFirst(int number) {
    if (bodies.incrementAndGet() == 1) {
      leaderIn.countDown();
      Waiting.on(open);
    }
    return "result " + number;
  }

  /** A thread whose flag is set already loads like any other. */
  private void interruptedBeforeCall() {
    open.countDown();
    Thread.currentThread().interrupt();
    String result = plain(1) + plain(1);
    Probe.say("before.flag", Thread.interrupted());
    Probe.say("before.result", result);
    Probe.say("before.bodies", bodies);
  }

  @Cached
  String plain(int number) {
    bodies.incrementAndGet();
    return "plain " + number;
  }

  private void waitHasAnEnd() throws InterruptedException {
    List<Object> results = Collections.synchronizedList(new ArrayList<>());
    Thread leader = new Thread(() -> results.add(impatient(1)));
    leader.start();
    Waiting.interruptiblyOn(leaderIn);
    results.add(impatient(1));
    Probe.say("impatient.bodies", bodies);
    Probe.say("impatient.leaderStillIn", leader.isAlive());
    open.countDown();
    leader.join(TimeUnit.SECONDS.toMillis(30));
    Probe.say("impatient.results", results);
  }

  @Cached(waitAtMost = "200ms")
  String impatient(int number) {
    if (bodies.incrementAndGet() == 1) {
      leaderIn.countDown();
      Waiting.on(open);
    }
    return "result " + number;
  }

  /** The first thread is inside the body, all others wait, when this returns. */
  private List<Thread> leaderAndWaiters(Runnable task) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    Thread leader = new Thread(task, "leader");
    threads.add(leader);
    leader.start();
    Waiting.interruptiblyOn(leaderIn);
    for (int i = 0; i < WAITERS; i++) {
      Thread waiter = new Thread(task, "waiter-" + i);
      threads.add(waiter);
      waiter.start();
    }
    Waiting.untilAllWait(threads);
    return threads;
  }
}
