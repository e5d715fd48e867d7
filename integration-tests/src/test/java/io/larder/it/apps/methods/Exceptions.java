package io.larder.it.apps.methods;

import io.larder.Cached;
import io.larder.it.apps.Probe;
import java.io.IOException;

/** Methods that fail; the answers are printed with their stack traces. */
public final class Exceptions {

  private Exceptions() {}

  public static void main(String[] arguments) {
    Failing failing = new Failing();
    Probe.calls("unchecked", () -> failing.unchecked(1), () -> failing.unchecked(1));
    Probe.calls("checked", () -> failing.checked(1), () -> failing.checked(1));
    Probe.calls("error", () -> failing.error(1), () -> failing.error(1));
    Probe.calls("static", () -> Failing.fixed(1), () -> Failing.fixed(1));
    Probe.calls("synchronized", () -> failing.locked(1), () -> failing.locked(1));
    Probe.calls("nested", () -> failing.outer(1), () -> failing.outer(1));
    Probe.calls(
        "recovering",
        () -> failing.recovering(1),
        () -> failing.recovering(1),
        () -> failing.recovering(1));
    Probe.calls("jdk", () -> failing.parse("x"), () -> failing.parse("x"));
    Probe.calls("rethrown", () -> failing.identity(1));
    Probe.say("lockFree", !Thread.holdsLock(failing));
    try {
      failing.deep(1);
      Probe.say("deep", "returned");
    } catch (StackOverflowError overflow) {
      Probe.say("deep", "overflowed");
    }
    Probe.calls("afterOverflow", () -> failing.shallow(1), () -> failing.shallow(1));
  }

  private static final class Failing {

    private final IllegalStateException kept = new IllegalStateException("kept");

    @Cached
    int unchecked(int number) {
      Probe.body("unchecked");
      throw new IllegalArgumentException("no " + number);
    }

    @Cached
    String checked(int number) throws IOException {
      Probe.body("checked");
      throw new IOException("unreadable " + number, new RuntimeException("cause"));
    }

    @Cached
    long error(int number) {
      Probe.body("error");
      throw new AssertionError("wrong " + number);
    }

    @Cached
    static double fixed(int number) {
      Probe.body("static");
      throw new UnsupportedOperationException("static " + number);
    }

    @Cached
    synchronized int locked(int number) {
      Probe.body("synchronized");
      throw new IllegalStateException("locked " + number);
    }

    @Cached
    int outer(int number) throws IOException {
      Probe.body("nested");
      return inner(number) + 1;
    }

    @Cached
    private int inner(int number) throws IOException {
      throw new IOException("inner " + number);
    }

    /** Fails once, then answers: a failure is not cached, the answer is. */
    @Cached
    int recovering(int number) {
      Probe.body("recovering");
      if (Probe.bodies("recovering") == 1) {
        throw new IllegalStateException("not yet");
      }
      return number * 10;
    }

    @Cached
    int parse(String text) {
      Probe.body("jdk");
      return Integer.parseInt(text);
    }

    @Cached
    boolean identity(int number) {
      Probe.body("rethrown");
      try {
        rethrow(number);
        return false;
      } catch (IllegalStateException thrown) {
        return thrown == kept && thrown.getSuppressed().length == 0;
      }
    }

    @Cached
    private int rethrow(int number) {
      throw number == 1 ? kept : new IllegalStateException("not kept");
    }

    @Cached
    @SuppressWarnings("InfiniteRecursion") // until the stack is full
    int deep(int number) {
      return deep(number + 1) + 1;
    }

    @Cached
    int shallow(int number) {
      Probe.body("afterOverflow");
      return number;
    }
  }
}
