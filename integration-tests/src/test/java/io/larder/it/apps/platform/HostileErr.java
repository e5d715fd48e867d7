package io.larder.it.apps.platform;

import io.larder.Cached;
import io.larder.it.apps.Probe;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Objects;

/** Replaces standard error by something that throws, then gives Larder reasons to write to it. */
public final class HostileErr {

  private HostileErr() {}

  public static void main(String[] arguments) {
    System.setErr(new Throwing());
    Probe.calls("badKey", () -> describe(new BadKey()), () -> describe(new BadKey()));
    Probe.calls("refused", () -> Wrong.find(1), () -> Wrong.find(1));
    Probe.calls("square", () -> square(7), () -> square(7));
  }

  @Cached
  private static String describe(BadKey key) {
    Probe.body("badKey");
    return "described " + Objects.nonNull(key);
  }

  @Cached
  private static int square(int number) {
    Probe.body("square");
    return number * number;
  }

  /** Loaded after standard error was replaced. */
  private static final class Wrong {
    @Cached(ttl = "5 parsecs")
    static int find(int number) {
      Probe.body("refused");
      return number;
    }
  }

  private static final class BadKey {
    @Override
    public int hashCode() {
      throw new IllegalStateException("no hash today");
    }

    @Override
    public boolean equals(Object other) {
      return other == this;
    }
  }

  private static final class Throwing extends PrintStream {

    Throwing() {
      super(OutputStream.nullOutputStream());
    }

    @Override
    public void println(String line) {
      throw new IllegalStateException("standard error is closed");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      throw new IllegalStateException("standard error is closed");
    }
  }
}
