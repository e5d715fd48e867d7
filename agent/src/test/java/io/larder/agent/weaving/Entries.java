package io.larder.agent.weaving;

import io.larder.Cached;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/** Methods whose entries and exits {@link EntriesTest} makes behave in every way. */
@NullUnmarked
public class Entries {

  /** What the bodies did. */
  public static final List<String> STEPS = new ArrayList<>();

  /** Guards everything it does, so that it would notice any exception that is not its own. */
  @Cached
  public String guarded(String argument) {
    try {
      STEPS.add("body");
      return argument.concat("!");
    } catch (Throwable seen) {
      STEPS.add("saw " + seen);
      throw seen;
    } finally {
      STEPS.add("finally");
    }
  }

  /** As {@link #guarded}, for a primitive of two words. */
  @Cached
  public static long wide(long argument) {
    try {
      STEPS.add("body");
      return 10 / argument;
    } catch (RuntimeException seen) {
      STEPS.add("saw " + seen);
      throw seen;
    }
  }

  @Cached
  public synchronized int locked(int argument) {
    STEPS.add("body");
    return 10 / argument;
  }

  /** An interface with each kind of method that one can have a body. */
  public interface Kinds {

    @Cached
    default String isDefault(int a) {
      return "default" + a + isPrivate(a);
    }

    @Cached
    private String isPrivate(int a) {
      return "private" + a;
    }

    @Cached
    static String isStatic(int a) {
      return "static" + a;
    }
  }

  /** Something to call {@link Kinds} on. */
  public static final class OfKinds implements Kinds {}

  /** A record and a generic class with methods of every visibility. */
  public record Value<T>(T value) {

    @Cached
    public String shown() {
      return "<" + value + hidden(value) + ">";
    }

    @Cached
    private String hidden(T other) {
      return "hidden" + other;
    }
  }

  /** Constants with bodies of their own. */
  public enum Operation {
    DOUBLE {
      @Override
      @Cached
      public int apply(int a) {
        return a * 2;
      }
    };

    public abstract int apply(int a);

    @Cached
    public int negated(int a) {
      return -apply(a);
    }
  }
}
