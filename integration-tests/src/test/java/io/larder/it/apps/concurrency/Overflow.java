package io.larder.it.apps.concurrency;

import io.larder.Cached;
import io.larder.it.apps.Probe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A recursion of cached calls overflows the stack, at any place of Larder's as well as of its own.
 * Afterwards each of its keys must be as good as new, in the same thread and in others.
 */
public final class Overflow {

  private static final int KEYS = 2_000;

  private static volatile int limit = Integer.MAX_VALUE;
  private static volatile boolean counting;

  private Overflow() {}

  public static void main(String[] arguments) throws InterruptedException {
    Probe.say("overflowed", overflowed());
    limit = 0;
    counting = true;
    List<Object> failures = Collections.synchronizedList(new ArrayList<>());
    Thread other = new Thread(() -> failures.addAll(wrongAnswers()), "other");
    other.setDaemon(true);
    other.start();
    other.join(60_000);
    Probe.say("otherFinished", !other.isAlive());
    Probe.say("wrongInOther", failures);
    Probe.say("wrongInSame", wrongAnswers());
    Probe.say("bodies", Probe.bodies("down"));
  }

  private static boolean overflowed() {
    boolean overflowed = true;
    for (int round = 0; round < 20; round++) {
      try {
        down(1, round);
        overflowed = false;
      } catch (StackOverflowError expected) {
        // the point of it
      }
    }
    return overflowed;
  }

  private static List<Integer> wrongAnswers() {
    List<Integer> wrong = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      for (int key = 1; key <= KEYS; key++) {
        if (down(key, round) != key) {
          wrong.add(key);
        }
      }
    }
    return wrong;
  }

  /** Larder waits for another thread's load for longer than this test does. */
  @Cached(waitAtMost = "10m", maximumEntries = 0)
  private static int down(int number, int round) {
    if (counting) {
      Probe.body("down");
    }
    return number > limit ? number : down(number + 1, round) + round;
  }
}
