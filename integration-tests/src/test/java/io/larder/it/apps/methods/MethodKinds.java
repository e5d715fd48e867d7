package io.larder.it.apps.methods;

import io.larder.Cached;
import io.larder.it.apps.Probe;

/** One method of each kind the language has, each called twice with 1 and once with 2. */
public final class MethodKinds {

  private MethodKinds() {}

  public static void main(String[] arguments) {
    Kinds kinds = new Kinds();
    Probe.calls(
        "instance", () -> kinds.instance(1), () -> kinds.instance(1), () -> kinds.instance(2));
    Probe.calls(
        "private",
        () -> kinds.callPrivate(1),
        () -> kinds.callPrivate(1),
        () -> kinds.callPrivate(2));
    Probe.calls(
        "protected", () -> kinds.inherited(1), () -> kinds.inherited(1), () -> kinds.inherited(2));
    Probe.calls("final", () -> kinds.last(1), () -> kinds.last(1), () -> kinds.last(2));
    Probe.calls(
        "synchronized", () -> kinds.locked(1), () -> kinds.locked(1), () -> kinds.locked(2));
    Probe.calls(
        "varargs",
        () -> kinds.varargs(1, 5, 6),
        () -> kinds.varargs(1, 5, 6),
        () -> kinds.varargs(1));
    Probe.calls(
        "generic", () -> kinds.generic(1), () -> kinds.generic(1), () -> kinds.generic("2"));
    Probe.calls("static", () -> Kinds.fixed(1), () -> Kinds.fixed(1), () -> Kinds.fixed(2));
    Probe.calls(
        "staticPrivate",
        () -> Kinds.callFixed(1),
        () -> Kinds.callFixed(1),
        () -> Kinds.callFixed(2));
    Probe.calls(
        "staticLocked",
        () -> Kinds.fixedLocked(1),
        () -> Kinds.fixedLocked(1),
        () -> Kinds.fixedLocked(2));

    Shape shape = new Square();
    Probe.calls("default", () -> shape.area(1), () -> shape.area(1), () -> shape.area(2));
    Probe.calls(
        "privateInterface",
        () -> shape.callHidden(1),
        () -> shape.callHidden(1),
        () -> shape.callHidden(2));
    Probe.calls("staticInterface", () -> Shape.unit(1), () -> Shape.unit(1), () -> Shape.unit(2));

    Kinds.Inner inner = kinds.new Inner();
    Probe.calls("inner", () -> inner.offset(1), () -> inner.offset(1), () -> inner.offset(2));
    Kinds anonymous =
        new Kinds() {
          @Override
          @Cached(name = "anonymous")
          int anonymous(int number) {
            Probe.body("anonymous");
            return number * 21;
          }
        };
    Probe.calls(
        "anonymous",
        () -> anonymous.anonymous(1),
        () -> anonymous.anonymous(1),
        () -> anonymous.anonymous(2));
    Probe.calls(
        "enumConstant",
        () -> Planet.EARTH.weigh(1),
        () -> Planet.EARTH.weigh(1),
        () -> Planet.EARTH.weigh(2));
    Point point = new Point(3, 4);
    Probe.calls("record", () -> point.times(1), () -> point.times(1), () -> point.times(2));
    Probe.calls(
        "fromInitializer",
        () -> Initialized.FIRST,
        () -> Initialized.value(1),
        () -> Initialized.value(2));
    EarlyCaller early = new EarlyCaller();
    Probe.calls(
        "fromConstructor", () -> early.value(1), () -> early.value(1), () -> early.value(2));
  }

  private static class Base {

    @Cached
    @SuppressWarnings("EffectivelyPrivate") // the modifier is what is tested
    protected int inherited(int number) {
      Probe.body("protected");
      return number * 10;
    }

    @Cached
    int anonymous(int number) {
      throw new IllegalStateException("overridden: " + number);
    }
  }

  private static class Kinds extends Base {

    private final int factor = 10;

    @Cached
    int instance(int number) {
      Probe.body("instance");
      return number * factor;
    }

    int callPrivate(int number) {
      return hidden(number) + 1;
    }

    @Cached
    private int hidden(int number) {
      Probe.body("private");
      return number * factor;
    }

    @Cached
    final int last(int number) {
      Probe.body("final");
      return number * factor;
    }

    @Cached
    synchronized int locked(int number) {
      Probe.body("synchronized");
      return Thread.holdsLock(this) ? number * factor : -1;
    }

    @Cached
    int varargs(int... numbers) {
      Probe.body("varargs");
      int sum = 0;
      for (int number : numbers) {
        sum += number;
      }
      return sum;
    }

    @Cached
    <T extends Comparable<T>> T generic(T value) {
      Probe.body("generic");
      return value;
    }

    @Cached
    static int fixed(int number) {
      Probe.body("static");
      return number * 11;
    }

    static int callFixed(int number) {
      return fixedPrivate(number) + 1;
    }

    @Cached
    private static int fixedPrivate(int number) {
      Probe.body("staticPrivate");
      return number * 11;
    }

    @Cached
    static synchronized int fixedLocked(int number) {
      Probe.body("staticLocked");
      return Thread.holdsLock(Kinds.class) ? number * 11 : -1;
    }

    private final class Inner {

      @Cached
      int offset(int number) {
        Probe.body("inner");
        return factor + number;
      }
    }
  }

  private interface Shape {

    @Cached
    default int area(int number) {
      Probe.body("default");
      return number * sides();
    }

    default int callHidden(int number) {
      return hidden(number) + 1;
    }

    @Cached
    private int hidden(int number) {
      Probe.body("privateInterface");
      return number * sides();
    }

    @Cached
    static int unit(int number) {
      Probe.body("staticInterface");
      return number * 12;
    }

    int sides();
  }

  private static final class Square implements Shape {
    @Override
    public int sides() {
      return 4;
    }
  }

  private enum Planet {
    EARTH {
      @Override
      @Cached
      int weigh(int number) {
        Probe.body("enumConstant");
        return number * 9;
      }
    };

    abstract int weigh(int number);
  }

  private record Point(int x, int y) {

    @Cached
    int times(int number) {
      Probe.body("record");
      return number * (x + y);
    }
  }

  /** Calls its cached method while its class is being initialized. */
  private static final class Initialized {

    static final int FIRST = value(1);

    @Cached
    static int value(int number) {
      Probe.body("fromInitializer");
      return number * 3;
    }
  }

  /** Calls its cached method before it is built: the receiver is there, its fields are not. */
  private static final class EarlyCaller {

    private final int seenFirst;

    EarlyCaller() {
      seenFirst = value(7);
    }

    @Cached
    int value(int number) {
      if (number != 7) {
        Probe.body("fromConstructor");
      }
      return number + seenFirst;
    }
  }
}
