package io.larder.it.apps.methods;

import io.larder.Cached;
import io.larder.it.apps.Probe;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Bodies whose locals, branches and handlers make the verifier work; each called 1, 1, 2. */
public final class Bodies {

  private Bodies() {}

  public static void main(String[] arguments) {
    Bodies bodies = new Bodies();
    probe("tryCatchFinally", 1, 2, bodies::tryCatchFinally);
    probe("nestedFinally", 1, 2, bodies::nestedFinally);
    probe("loops", 1, 2, bodies::loops);
    probe("lambda", 1, 2, bodies::lambda);
    probe("switchInt", 1, 2, bodies::switchInt);
    probe("switchString", 1, 2, bodies::switchString);
    probe("switchEnum", 1, 2, bodies::switchEnum);
    probe("wideLocals", 1, 2, bodies::wideLocals);
    probe("earlyReturns", 1, 2, bodies::earlyReturns);
    probe("lockInside", 1, 2, bodies::lockInside);
    probe("resources", 1, 2, bodies::resources);
    probe("pattern", 1, 2, bodies::pattern);
    probe("ternaryOfTypes", 1, 2, bodies::ternaryOfTypes);
    probe("backwardJump", 1, 2, bodies::backwardJump);
    probe("reusedSlots", 1, 2, bodies::reusedSlots);
    probe("localClass", 1, 2, bodies::localClass);
  }

  private interface Method {
    Object call(int number) throws Exception;
  }

  private static void probe(String name, int one, int two, Method method) {
    Callable<Object> first = () -> method.call(one);
    Probe.calls(name, first, first, () -> method.call(two));
  }

  @Cached
  String tryCatchFinally(int number) {
    Probe.body("tryCatchFinally");
    StringBuilder text = new StringBuilder();
    try {
      text.append(10 / (number - 1));
    } catch (ArithmeticException division) {
      text.append("caught ");
    } finally {
      text.append("finally");
    }
    return text.toString();
  }

  @Cached
  long nestedFinally(int number) {
    Probe.body("nestedFinally");
    long sum = 0;
    try {
      try {
        sum += number;
        if (number == 1) {
          throw new IllegalStateException("first");
        }
      } finally {
        sum += 10;
      }
    } catch (IllegalStateException expected) {
      sum += 100;
    } finally {
      sum += 1_000;
    }
    return sum;
  }

  @Cached
  double loops(int number) {
    Probe.body("loops");
    double sum = 0;
    outer:
    for (long i = 0; i < 10; i++) {
      for (int j = 0; ; j++) {
        if (j > i) {
          continue outer;
        }
        if (i * j > 20) {
          break outer;
        }
        sum += i * 0.5 + j * (float) number;
      }
    }
    return sum;
  }

  @Cached
  int lambda(int number) {
    Probe.body("lambda");
    long offset = 5L;
    IntUnaryOperator plus = value -> value + number + (int) offset;
    return IntStream.range(0, 4).map(plus).filter(value -> value % 2 == 0).sum();
  }

  @Cached
  @SuppressWarnings("StatementSwitchToExpressionSwitch") // the shape is what is tested
  String switchInt(int number) {
    Probe.body("switchInt");
    switch (number) {
      case 1:
        return "one";
      case 2:
      case 3:
        return "few";
      default:
        return "many";
    }
  }

  @Cached
  int switchString(int number) {
    Probe.body("switchString");
    return switch ("key" + number) {
      case "key1" -> 100;
      case "key2" -> {
        int doubled = number * 2;
        yield doubled;
      }
      default -> -1;
    };
  }

  @Cached
  char switchEnum(int number) {
    Probe.body("switchEnum");
    return switch (number == 1 ? Thread.State.RUNNABLE : Thread.State.BLOCKED) {
      case NEW -> 'n';
      case RUNNABLE -> 'r';
      default -> 'd';
    };
  }

  @Cached
  double wideLocals(int number) {
    Probe.body("wideLocals");
    long a = number;
    double b = a * 0.25;
    long c = a + 7;
    double d;
    if (c > 8) {
      double e = b + c;
      d = e * 2;
    } else {
      long f = c << 2;
      d = f;
    }
    return a + b + c + d;
  }

  @Cached
  boolean earlyReturns(int number) {
    Probe.body("earlyReturns");
    if (number < 0) {
      return false;
    }
    for (int i = 0; i < 5; i++) {
      if (i == number) {
        return i % 2 == 1;
      }
    }
    return true;
  }

  @Cached
  int lockInside(int number) {
    Probe.body("lockInside");
    int result;
    synchronized (this) {
      result = Thread.holdsLock(this) ? number : -1;
      if (number == 2) {
        return result * 3;
      }
    }
    return result;
  }

  @Cached
  String resources(int number) throws Exception {
    Probe.body("resources");
    StringBuilder text = new StringBuilder();
    try (AutoCloseable first = () -> text.append(" closed");
        AutoCloseable second = () -> text.append(" second")) {
      text.append(first != second).append(number);
    }
    return text.toString();
  }

  @Cached
  Object pattern(int number) {
    Probe.body("pattern");
    Object value = number == 1 ? "text" : List.of(number);
    if (value instanceof String text && !text.isEmpty()) {
      return text.length();
    }
    return value instanceof List<?> list ? list.size() : null;
  }

  @Cached
  Comparable<?> ternaryOfTypes(int number) {
    Probe.body("ternaryOfTypes");
    return number == 1 ? Integer.valueOf(5) : "five";
  }

  /** The loop starts at the first instruction, where the entry is woven in. */
  @Cached
  int backwardJump(int number) {
    do {
      number += 3;
    } while (number < 10);
    Probe.body("backwardJump");
    return number;
  }

  @Cached
  String reusedSlots(int number) {
    Probe.body("reusedSlots");
    String text = "";
    {
      long first = number;
      text += first;
    }
    {
      String second = "s";
      text += second;
    }
    {
      double third = number / 2.0;
      text += third;
    }
    return text;
  }

  @Cached
  int localClass(int number) {
    Probe.body("localClass");
    class Local {
      int twice() {
        return number * 2;
      }
    }
    return new Local().twice();
  }
}
