package io.larder.it.apps.configuration;

import io.larder.it.apps.Probe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Calls methods on two threads without a pause, checks each result, and counts, until a line or the
 * end comes on standard input.
 */
public final class Load {

  private static final int KEYS = 500;

  private static final LongAdder CALLS = new LongAdder();
  private static final LongAdder ANSWERS = new LongAdder();
  private static final LongAdder WRONG = new LongAdder();
  private static final LongAdder FAILURES = new LongAdder();
  private static volatile boolean over;

  private final int factor;

  private Load(int factor) {
    this.factor = factor;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Load mine = new Load(i + 3); // whose results are another's are wrong
      Thread thread = new Thread(mine::callAgainAndAgain);
      thread.start();
      threads.add(thread);
    }
    Probe.say("ready", true);
    int end = System.in.read();
    over = true;
    for (Thread thread : threads) {
      thread.join();
    }
    Probe.say("ended", end);
    Probe.say("lost", CALLS.sum() - ANSWERS.sum());
    Probe.say("wrong", WRONG.sum());
    Probe.say("failures", FAILURES.sum());
    Probe.say("several", ANSWERS.sum() > 10_000);
  }

  private void callAgainAndAgain() {
    for (int i = 0; !over; i++) {
      CALLS.increment();
      int number = i % KEYS;
      try {
        boolean right =
            product(number) == (long) number * factor
                && text(number, "x").equals("x" + number * factor)
                && sum(number, 2L, factor) == number + 2L + factor;
        ANSWERS.increment();
        if (!right) {
          WRONG.increment();
        }
        save(number);
      } catch (RuntimeException | Error failure) {
        FAILURES.increment();
        failure.printStackTrace();
      }
    }
  }

  private long product(int number) {
    return (long) number * factor;
  }

  private String text(int number, String prefix) {
    return prefix + number * factor;
  }

  private static double sum(int number, long other, int more) {
    return number + other + more;
  }

  private static void save(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("negative: " + number);
    }
  }
}
