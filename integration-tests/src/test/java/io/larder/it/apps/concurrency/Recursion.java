package io.larder.it.apps.concurrency;

import io.larder.Cached;
import io.larder.it.apps.Probe;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Cached methods that call themselves, each other, and themselves with the same key. */
public final class Recursion {

  private static final int THREADS = 8;

  private Recursion() {}

  public static void main(String[] arguments) throws Exception {
    Recursion recursion = new Recursion();
    Probe.calls("fib", () -> recursion.fib(80), () -> recursion.fib(80));
    Probe.calls("staticFib", () -> Recursion.staticFib(85), () -> Recursion.staticFib(84));
    Probe.calls("sameKey", () -> recursion.sameKey(5), () -> recursion.sameKey(5));
    Probe.calls("mutual", () -> recursion.even(30), () -> recursion.even(30));
    Probe.calls("selfHashing", () -> recursion.weigh(new SelfHashing(recursion)));
    Probe.calls(
        "badHash",
        () -> recursion.describe(new BadHash()),
        () -> recursion.describe(new BadHash()));
    Probe.calls(
        "badEquals",
        () -> recursion.describe(new BadEquals()),
        () -> recursion.describe(new BadEquals()));
    Probe.calls("parallel", () -> parallel(recursion), () -> parallel(recursion));
    Probe.calls("manyThreads", () -> manyThreads(recursion));
  }

  /** All threads compute fib of the same numbers from different ends at the same time. */
  private static String manyThreads(Recursion recursion) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<BigInteger>> tasks = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int first = thread;
        tasks.add(
            () -> {
              BigInteger sum = BigInteger.ZERO;
              for (int i = 0; i < 90; i++) {
                sum = sum.add(recursion.bigFib((i * 7 + first * 11) % 90));
              }
              return sum;
            });
      }
      List<BigInteger> sums = new ArrayList<>();
      for (Future<BigInteger> sum : threads.invokeAll(tasks)) {
        sums.add(sum.get());
      }
      return sums.stream().distinct().toList().toString();
    } finally {
      threads.shutdown();
    }
  }

  /** Workers of one pool wait for loads that need workers of the same pool. */
  private static long parallel(Recursion recursion) {
    return IntStream.range(0, 200).parallel().mapToLong(i -> recursion.sumUpTo(i % 5)).sum();
  }

  @Cached
  long sumUpTo(int number) {
    return IntStream.range(0, 100)
        .parallel()
        .mapToLong(i -> i + (number == 0 ? 0 : sumUpTo(number - 1) / 1_000))
        .sum();
  }

  @Cached
  long fib(int number) {
    Probe.body("fib");
    return number < 2 ? number : fib(number - 1) + fib(number - 2);
  }

  @Cached
  static long staticFib(int number) {
    Probe.body("staticFib");
    return number < 2 ? number : staticFib(number - 1) + staticFib(number - 2);
  }

  @Cached
  BigInteger bigFib(int number) {
    Probe.body("manyThreads");
    return number < 2 ? BigInteger.valueOf(number) : bigFib(number - 1).add(bigFib(number - 2));
  }

  private int depth;

  /** Calls itself with the key it is being loaded for, three deep. */
  @Cached
  int sameKey(int number) {
    Probe.body("sameKey");
    if (depth == 3) {
      return number;
    }
    depth++;
    return sameKey(number) + 1;
  }

  @Cached
  boolean even(int number) {
    Probe.body("mutual");
    return number == 0 || odd(number - 1);
  }

  @Cached
  boolean odd(int number) {
    return number != 0 && even(number - 1);
  }

  @Cached(name = "self-hashing")
  int weigh(SelfHashing key) {
    Probe.body("selfHashing");
    return key.weight;
  }

  @Cached(name = "bad-hash")
  String describe(BadHash key) {
    Probe.body("badHash");
    return "described";
  }

  @Cached(name = "bad-equals")
  String describe(BadEquals key) {
    Probe.body("badEquals");
    return "described";
  }

  /** Its hash code calls the method of whose key it is a part. */
  private static final class SelfHashing {
    private final Recursion recursion;
    private final int weight = 3;

    SelfHashing(Recursion recursion) {
      this.recursion = recursion;
    }

    @Override
    public int hashCode() {
      return recursion.weigh(this);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof SelfHashing that && that.weight == weight;
    }
  }

  private static final class BadHash {
    @Override
    public int hashCode() {
      throw new IllegalStateException("no hash today");
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof BadHash;
    }
  }

  private static final class BadEquals {
    @Override
    public int hashCode() {
      return 1;
    }

    @Override
    public boolean equals(Object other) {
      throw new IllegalStateException("not comparable today");
    }
  }
}
