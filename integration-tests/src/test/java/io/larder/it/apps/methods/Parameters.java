package io.larder.it.apps.methods;

import io.larder.Cached;
import io.larder.it.apps.Probe;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;

/** Parameters of all types, and how many there can be. */
public final class Parameters {

  private Parameters() {}

  public static void main(String[] arguments) {
    Typed typed = new Typed();
    Probe.calls("none", () -> typed.none(), () -> typed.none());
    Probe.calls("boolean", () -> typed.of(true), () -> typed.of(true), () -> typed.of(false));
    Probe.calls(
        "byte", () -> typed.of((byte) 1), () -> typed.of((byte) 1), () -> typed.of((byte) -1));
    Probe.calls("char", () -> typed.of('a'), () -> typed.of('a'), () -> typed.of('b'));
    Probe.calls(
        "short", () -> typed.of((short) 1), () -> typed.of((short) 1), () -> typed.of((short) -1));
    Probe.calls("int", () -> typed.of(1), () -> typed.of(1), () -> typed.of(-1));
    Probe.calls("long", () -> typed.of(1L), () -> typed.of(1L), () -> typed.of(1L << 32));
    Probe.calls("float", () -> typed.of(1f), () -> typed.of(1f), () -> typed.of(1.5f));
    Probe.calls("double", () -> typed.of(1d), () -> typed.of(1d), () -> typed.of(1.5d));
    Probe.calls(
        "box",
        () -> typed.of(Integer.valueOf(1_000)),
        () -> typed.of(Integer.valueOf(1_000)),
        () -> typed.of(Integer.valueOf(-1)));
    Probe.calls(
        "String", () -> typed.of(text("a")), () -> typed.of(text("a")), () -> typed.of(text("b")));
    Probe.calls(
        "enum",
        () -> typed.of(DayOfWeek.MONDAY),
        () -> typed.of(DayOfWeek.MONDAY),
        () -> typed.of(DayOfWeek.SUNDAY));
    Probe.calls(
        "record",
        () -> typed.of(new Id("a", 1)),
        () -> typed.of(new Id("a", 1)),
        () -> typed.of(new Id("a", 2)));
    Probe.calls(
        "list",
        () -> typed.of(List.of(1, 2)),
        () -> typed.of(Arrays.asList(1, 2)),
        () -> typed.of(List.of(2, 1)));
    Probe.calls(
        "decimal",
        () -> typed.of(new BigDecimal("1.0")),
        () -> typed.of(new BigDecimal("1.0")),
        () -> typed.of(new BigDecimal("1.00")));
    Probe.calls(
        "wide",
        () -> typed.wide(1L, 2d, 3, 4L, "5"),
        () -> typed.wide(1L, 2d, 3, 4L, "5"),
        () -> typed.wide(1L, 2d, 3, 5L, "5"));
    Probe.calls(
        "twelve",
        () -> typed.twelve(true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6d, "7", 8, null, 9L),
        () -> typed.twelve(true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6d, text("7"), 8, null, 9L),
        () -> typed.twelve(true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6d, "7", 8, null, 10L));
    Probe.calls(
        "swapped",
        () -> typed.pair("a", "b"),
        () -> typed.pair("a", "b"),
        () -> typed.pair("b", "a"));
    arrays(typed);
  }

  private static void arrays(Typed typed) {
    Probe.calls(
        "bytes",
        () -> typed.of(new byte[] {1, 2}),
        () -> typed.of(new byte[] {1, 2}),
        () -> typed.of(new byte[] {2, 1}));
    Probe.calls(
        "ints",
        () -> typed.of(new int[] {1, 2}),
        () -> typed.of(new int[] {1, 2}),
        () -> typed.of(new int[] {1}));
    Probe.calls(
        "strings",
        () -> typed.of(new String[] {"a", null}),
        () -> typed.of(new String[] {text("a"), null}),
        () -> typed.of(new String[] {null, "a"}));
    Probe.calls(
        "nested",
        () -> typed.of(new int[][] {{1}, {2, 3}}),
        () -> typed.of(new int[][] {{1}, {2, 3}}),
        () -> typed.of(new int[][] {{1, 2}, {3}}));
  }

  /** A new object each time, so that only the content can be equal. */
  private static String text(String value) {
    return new String(value.toCharArray());
  }

  private record Id(String group, int number) {}

  /** The overloads share a cache name and must never share results. */
  private static final class Typed {

    @Cached
    String none() {
      Probe.body("none");
      return "none";
    }

    @Cached
    String of(boolean value) {
      Probe.body("boolean");
      return "boolean " + value;
    }

    @Cached
    String of(byte value) {
      Probe.body("byte");
      return "byte " + value;
    }

    @Cached
    String of(char value) {
      Probe.body("char");
      return "char " + value;
    }

    @Cached
    String of(short value) {
      Probe.body("short");
      return "short " + value;
    }

    @Cached
    String of(int value) {
      Probe.body("int");
      return "int " + value;
    }

    @Cached
    String of(long value) {
      Probe.body("long");
      return "long " + value;
    }

    @Cached
    String of(float value) {
      Probe.body("float");
      return "float " + value;
    }

    @Cached
    String of(double value) {
      Probe.body("double");
      return "double " + value;
    }

    @Cached
    String of(Integer value) {
      Probe.body("box");
      return "Integer " + value;
    }

    @Cached
    String of(String value) {
      Probe.body("String");
      return "String " + value;
    }

    @Cached
    String of(DayOfWeek value) {
      Probe.body("enum");
      return "enum " + value;
    }

    @Cached
    String of(Id value) {
      Probe.body("record");
      return "record " + value;
    }

    @Cached
    String of(List<Integer> value) {
      Probe.body("list");
      return "list " + value;
    }

    @Cached
    String of(BigDecimal value) {
      Probe.body("decimal");
      return "decimal " + value;
    }

    @Cached
    String of(byte[] value) {
      Probe.body("bytes");
      return Arrays.toString(value);
    }

    @Cached
    String of(int[] value) {
      Probe.body("ints");
      return Arrays.toString(value);
    }

    @Cached
    String of(String[] value) {
      Probe.body("strings");
      return Arrays.toString(value);
    }

    @Cached
    String of(int[][] value) {
      Probe.body("nested");
      return Arrays.deepToString(value);
    }

    @Cached
    String wide(long first, double second, int third, long fourth, String fifth) {
      Probe.body("wide");
      return first + "," + second + "," + third + "," + fourth + "," + fifth;
    }

    @Cached
    String twelve(
        boolean a,
        byte b,
        char c,
        short d,
        int e,
        long f,
        float g,
        double h,
        String i,
        Integer j,
        Object k,
        long l) {
      Probe.body("twelve");
      return String.join(
          ",", "" + a, "" + b, "" + c, "" + d, "" + e, "" + f, "" + g, "" + h, i, "" + j, "" + k,
          "" + l);
    }

    @Cached
    String pair(String left, String right) {
      Probe.body("swapped");
      return left + right;
    }
  }
}
