package io.larder.it.apps.receivers;

import io.larder.Cached;
import io.larder.Instances;
import io.larder.it.apps.Probe;
import java.util.function.IntFunction;

/** Two instances of one class, for each rule of how instances count. */
public final class Receivers {

  private Receivers() {}

  public static void main(String[] arguments) {
    Separate left = new Separate("left");
    Separate right = new Separate("right");
    acquaint(left::name, right::name);
    Probe.calls(
        "separate",
        () -> left.name(1),
        () -> right.name(1),
        () -> left.name(1),
        () -> right.name(1),
        () -> left.name(2));

    Separate sole = new Separate("first");
    Probe.calls(
        "lateSecond",
        () -> sole.lazy(1),
        () -> sole.lazy(1),
        () -> new Separate("second").lazy(1),
        () -> sole.lazy(1));

    EqualButSeparate one = new EqualButSeparate("one");
    EqualButSeparate two = new EqualButSeparate("two");
    acquaint(one::name, two::name);
    Probe.calls("equalButSeparate", () -> one.name(1), () -> two.name(1), () -> one.name(1));

    Probe.calls(
        "interchangeable",
        () -> new Stateless().twice(1),
        () -> new Stateless().twice(1),
        () -> new Stateless().twice(2));

    Probe.calls(
        "equal",
        () -> new Point(1, 2).plus(3),
        () -> new Point(1, 2).plus(3),
        () -> new Point(2, 2).plus(3),
        () -> new Point(1, 2).plus(4));

    Child child = new Child("child");
    Separate parent = new Separate("parent");
    acquaint(parent::inherited, child::inherited);
    Probe.calls(
        "subclass",
        () -> parent.inherited(1),
        () -> child.inherited(1),
        () -> parent.inherited(1),
        () -> child.inherited(1));
  }

  /**
   * A sole instance is cached without regard to who it is. What it has may be forgotten once, when
   * a second one appears, so let both be known before anything is counted.
   */
  private static void acquaint(IntFunction<String> one, IntFunction<String> other) {
    Probe.say("acquainted", one.apply(0) + " " + other.apply(0));
  }

  private static void count(String name, int number) {
    if (number != 0) {
      Probe.body(name);
    }
  }

  private static class Separate {
    private final String name;

    Separate(String name) {
      this.name = name;
    }

    @Cached
    String name(int number) {
      count("separate", number);
      return name + number;
    }

    @Cached
    String lazy(int number) {
      Probe.body("lateSecond");
      return name + number;
    }

    @Cached
    String inherited(int number) {
      count("subclass", number);
      return name + number;
    }
  }

  private static final class Child extends Separate {
    Child(String name) {
      super(name);
    }
  }

  /** Equal to each other, yet by default never served each other's results. */
  private static final class EqualButSeparate {
    private final String name;

    EqualButSeparate(String name) {
      this.name = name;
    }

    @Cached
    String name(int number) {
      count("equalButSeparate", number);
      return name + number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof EqualButSeparate;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  private static final class Stateless {
    @Cached(instances = Instances.INTERCHANGEABLE)
    int twice(int number) {
      Probe.body("interchangeable");
      return number * 2;
    }
  }

  private record Point(int x, int y) {
    @Cached(instances = Instances.EQUAL)
    int plus(int number) {
      Probe.body("equal");
      return x + y + number;
    }
  }
}
