package io.larder.agent.weaving;

import io.larder.Cached;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;

/**
 * Methods of every shape that a compiler makes, for {@link BodiesTest}: each is run unwoven and
 * woven, in class files of several versions, so nothing here needs a JVM newer than Java 5.
 */
@SuppressWarnings({
  "unused",
  "Finally",
  "finally",
  "fallthrough",
  "try",
  "StatementSwitchToExpressionSwitch"
})
@NullUnmarked
public class Bodies {

  /** How often a body was run. */
  public static int runs;

  int field = 3; // not private: classes before Java 11 know no nest mates

  @Cached
  public boolean returnsBoolean(int a) {
    runs++;
    return a > 0;
  }

  @Cached
  public byte returnsByte(int a) {
    runs++;
    return (byte) (a * 100);
  }

  @Cached
  public char returnsChar(int a) {
    runs++;
    return (char) (a + 'a');
  }

  @Cached
  public short returnsShort(int a) {
    runs++;
    return (short) (a * 10_000);
  }

  @Cached
  public int returnsInt(int a) {
    runs++;
    return a * field;
  }

  @Cached
  public long returnsLong(long a) {
    runs++;
    return a * 3_000_000_000L;
  }

  @Cached
  public float returnsFloat(float a) {
    runs++;
    return a / 3;
  }

  @Cached
  public double returnsDouble(double a) {
    runs++;
    return a / 7;
  }

  @Cached
  public String returnsString(String a) {
    runs++;
    return a + "!";
  }

  @Cached
  public String returnsNull(String a) {
    runs++;
    return null;
  }

  @Cached
  public Object returnsObject(Object a) {
    runs++;
    return a;
  }

  @Cached
  public Comparable<?> returnsInterface(int a) {
    runs++;
    return a > 0 ? (Comparable<?>) "text" : Integer.valueOf(a);
  }

  @Cached
  public int[] returnsArray(int a) {
    runs++;
    return new int[] {a, a + 1};
  }

  @Cached
  public String[][] returnsArrayOfArrays(String a) {
    runs++;
    return new String[][] {{a}, null};
  }

  @Cached
  public static long isStatic(int a, long b, double c, String d) {
    runs++;
    return a + b + (long) c + (d == null ? 0 : d.length());
  }

  @Cached
  public final int takesNothing() {
    runs++;
    return 42;
  }

  @Cached
  public static String takesNothingStatic() {
    runs++;
    return "nothing";
  }

  @Cached
  public synchronized int isSynchronized(int a) {
    runs++;
    return Thread.holdsLock(this) ? a : -1;
  }

  @Cached
  public int takesVarargs(int... a) {
    runs++;
    int sum = 0;
    for (int each : a) {
      sum += each;
    }
    return sum;
  }

  @Cached
  public <T extends Comparable<T>> int isGeneric(T a, T b) {
    runs++;
    return a.compareTo(b);
  }

  @Cached
  public int startsWithALoop(int a) {
    do {
      a++;
    } while (a < 10);
    runs++;
    return a;
  }

  @Cached
  public static int loopsBackToTheFirstInstruction(int a) {
    while (a % 7 != 3) {
      a++;
    }
    runs++;
    return a;
  }

  @Cached
  public long wideLocals(long a, double b, long c) {
    runs++;
    long d = a + c;
    double e = b * 2;
    for (long i = 0; i < 3; i++) {
      double f = e + i;
      d += (long) f;
    }
    return d;
  }

  @Cached
  public int reassignsParameters(Object a, int b) {
    runs++;
    b = b + 1;
    a = a == null ? Integer.valueOf(b) : a.toString();
    int length = a.toString().length();
    a = new int[] {length};
    return ((int[]) a)[0] + b;
  }

  @Cached
  public int tryCatch(int a) {
    runs++;
    try {
      return 10 / a;
    } catch (ArithmeticException zero) {
      return -1;
    }
  }

  @Cached
  public int catchesEverything(int a) {
    runs++;
    try {
      if (a == 0) {
        throw new IOException("zero");
      }
      return a;
    } catch (Throwable all) {
      return all.getMessage().length();
    }
  }

  @Cached
  public int tryFinally(int a) {
    runs++;
    try {
      return 10 / a;
    } finally {
      field++;
    }
  }

  @Cached
  public int returnsFromFinally(int a) {
    runs++;
    try {
      return 10 / a;
    } finally {
      if (a < 5) {
        return -2;
      }
    }
  }

  @Cached
  public String nestedHandlers(int a) {
    runs++;
    StringBuilder steps = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      try {
        try {
          steps.append(10 / (a - i));
          if (i == 2 && a > 4) {
            return steps.append("early").toString();
          }
        } catch (ArithmeticException zero) {
          steps.append("zero");
          if (a == 1) {
            throw new IllegalStateException(steps.toString());
          }
        } finally {
          steps.append(';');
        }
      } catch (IllegalStateException thrown) {
        steps.append("caught");
      }
    }
    return steps.toString();
  }

  @Cached
  public int throwsChecked(int a) throws IOException {
    runs++;
    if (a > 0) {
      throw new IOException("checked " + a);
    }
    return a;
  }

  @Cached
  public int onlyThrows(int a) {
    runs++;
    throw new IllegalArgumentException("always " + a);
  }

  @Cached
  public int locks(int a) {
    runs++;
    synchronized (this) {
      if (a > 0) {
        return a;
      }
      synchronized (Bodies.class) {
        return Thread.holdsLock(this) ? 1 : 2;
      }
    }
  }

  @Cached
  public String tableSwitch(int a) {
    runs++;
    switch (a) {
      case -1:
        return "minus one";
      case 0:
        field = 9;
      // falls through
      case 1:
        return "zero or one";
      case 2:
        break;
      case 3:
        return "three";
      default:
        return "many";
    }
    return "two";
  }

  @Cached
  public int lookupSwitch(String a) {
    runs++;
    switch (String.valueOf(a)) {
      case "a":
        return 1;
      case "b":
      case "text":
        return 2;
      case "null":
        return 3;
      default:
        return 4;
    }
  }

  @Cached
  public long conditionalArguments(int a) {
    runs++;
    return new StringBuilder(a > 0 ? "positive" : "other").append(a > 3 ? 'x' : 'y').length()
        + new Long[] {a > 1 ? Long.valueOf(5) : Long.valueOf(6)}[0];
  }

  @Cached
  public String labelledLoops(int a) {
    runs++;
    StringBuilder found = new StringBuilder();
    outer:
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        if (i * j == a) {
          found.append(i).append(',').append(j);
          continue outer;
        }
        if (i + j > 7) {
          break outer;
        }
      }
    }
    return found.toString();
  }

  @Cached
  public int fibonacci(int a) {
    runs++;
    return a < 2 ? a : fibonacci(a - 1) + fibonacci(a - 2);
  }

  @Cached
  public String closesResources(int a) throws Exception {
    runs++;
    final StringBuilder steps = new StringBuilder();
    try (AutoCloseable first = new Closing(steps, "first");
        AutoCloseable second = new Closing(steps, "second")) {
      steps.append(10 / a);
      return steps.toString();
    } catch (ArithmeticException zero) {
      return steps.append("zero").append(zero.getSuppressed().length).toString();
    }
  }

  @Cached
  public int anonymousClass(final int a) throws Exception {
    runs++;
    return new Callable<Integer>() {
      @Override
      public Integer call() {
        return a * field;
      }
    }.call();
  }

  @Cached
  public int checksAssertions(int a) {
    runs++;
    assert a < 1_000_000 : "too much";
    return Arrays.asList(1, 2, a).indexOf(a);
  }

  /** Notes that it was closed. */
  static final class Closing implements AutoCloseable {
    private final StringBuilder steps;
    private final String name;

    Closing(StringBuilder steps, String name) {
      this.steps = steps;
      this.name = name;
    }

    @Override
    public void close() {
      steps.append(name);
    }
  }
}
