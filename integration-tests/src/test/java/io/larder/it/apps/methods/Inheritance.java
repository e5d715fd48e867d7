package io.larder.it.apps.methods;

import io.larder.CacheStatistics;
import io.larder.Cached;
import io.larder.Larder;
import io.larder.it.apps.Probe;
import java.util.function.Function;

/** Methods that are inherited, overridden and bridged. */
public final class Inheritance {

  private Inheritance() {}

  public static void main(String[] arguments) {
    Lengths lengths = new Lengths();
    Function<String, Integer> bridged = lengths;
    Probe.calls(
        "bridge",
        () -> bridged.apply("a"),
        () -> bridged.apply("a"),
        () -> bridged.apply("bb"),
        () -> lengths.apply("bb"));
    counts("bridge");

    Numbers exact = new Integers();
    Probe.calls("covariant", () -> exact.number(1), () -> exact.number(1), () -> exact.number(2));
    counts("covariant");

    Numbers plain = new Unannotated();
    Probe.calls(
        "overriddenWithout", () -> plain.number(1), () -> plain.number(1), () -> plain.number(2));

    Numbers above = new Doubling();
    Probe.calls("superCall", () -> above.number(1), () -> above.number(1), () -> above.number(2));
    Probe.say("superCall.base", Probe.bodies("base"));

    Numbers left = new Left();
    Numbers right = new Right();
    left.sibling(0); // so that neither is the only instance ever seen
    right.sibling(0);
    Probe.calls(
        "siblings",
        () -> left.sibling(1),
        () -> right.sibling(1),
        () -> left.sibling(1),
        () -> right.sibling(1));

    Named fromInterface = new Implementor();
    Probe.calls(
        "interfaceOnly",
        () -> fromInterface.name(1),
        () -> fromInterface.name(1),
        () -> fromInterface.name(2));
  }

  /** A bridge that is woven too would look up, and miss, on its own. */
  private static void counts(String cache) {
    CacheStatistics statistics = Larder.statistics(cache).orElse(null);
    Probe.say(cache + ".misses", statistics == null ? "none" : statistics.missCount());
    Probe.say(cache + ".hits", statistics == null ? "none" : statistics.hitCount());
  }

  private static final class Lengths implements Function<String, Integer> {
    @Override
    @Cached(name = "bridge")
    public Integer apply(String text) {
      Probe.body("bridge");
      return text.length();
    }
  }

  private static class Numbers {

    @Cached(name = "base")
    Number number(int value) {
      Probe.body("base");
      return value + 0.5;
    }

    @Cached
    String sibling(int value) {
      if (value != 0) {
        Probe.body("siblings");
      }
      return getClass().getSimpleName() + value;
    }
  }

  private static final class Integers extends Numbers {
    @Override
    @Cached(name = "covariant")
    Integer number(int value) {
      Probe.body("covariant");
      return value;
    }
  }

  /** Not annotated: an override without the annotation is not cached. */
  private static final class Unannotated extends Numbers {
    @Override
    Integer number(int value) {
      Probe.body("overriddenWithout");
      return value;
    }
  }

  private static final class Doubling extends Numbers {
    @Override
    @Cached(name = "doubling")
    Number number(int value) {
      Probe.body("superCall");
      return super.number(value).doubleValue() * 2;
    }
  }

  private static final class Left extends Numbers {}

  private static final class Right extends Numbers {}

  private interface Named {
    /** On an abstract method the annotation has nothing to weave. */
    String name(int value);
  }

  private static final class Implementor implements Named {
    @Override
    public String name(int value) {
      Probe.body("interfaceOnly");
      return "n" + value;
    }
  }
}
