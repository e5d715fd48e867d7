package io.larder.it.apps.methods;

import io.larder.CacheIgnore;
import io.larder.CacheKey;
import io.larder.Cached;
import io.larder.it.apps.Probe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What counts as the same argument: odd numbers, arrays that change, nulls, selected ones. */
public final class KeyContents {

  private KeyContents() {}

  public static void main(String[] arguments) {
    KeyContents typed = new KeyContents();
    oddNumbers(typed);
    arrays(typed);
    nulls(typed);
    selected(typed);
  }

  private static void oddNumbers(KeyContents typed) {
    Probe.calls(
        "floatNaN",
        () -> typed.oddFloat(Float.NaN),
        () -> typed.oddFloat(Float.intBitsToFloat(0x7fc00001)),
        () -> typed.oddFloat(0f));
    Probe.calls(
        "floatZero",
        () -> typed.zeroFloat(0f),
        () -> typed.zeroFloat(0f),
        () -> typed.zeroFloat(-0f));
    Probe.calls(
        "doubleNaN",
        () -> typed.oddDouble(Double.NaN),
        () -> typed.oddDouble(Double.NaN),
        () -> typed.oddDouble(Double.POSITIVE_INFINITY));
    Probe.calls(
        "doubleZero",
        () -> typed.zeroDouble(0d),
        () -> typed.zeroDouble(0d),
        () -> typed.zeroDouble(-0d));
    Probe.calls(
        "doubleInPair",
        () -> typed.odd("a", -0d),
        () -> typed.odd("a", -0d),
        () -> typed.odd("a", 0d));
  }

  private static void arrays(KeyContents typed) {
    Probe.calls(
        "arrayInPair",
        () -> typed.within("a", new long[] {1}),
        () -> typed.within("a", new long[] {1}),
        () -> typed.within("a", new long[] {2}));
    Probe.calls(
        "arrayAsObject",
        () -> typed.any(new int[] {4}),
        () -> typed.any(new int[] {4}),
        () -> typed.any(new int[] {5}));

    int[] mine = {1, 2};
    Probe.calls(
        "mutated",
        () -> typed.sum(mine),
        () -> {
          mine[0] = 40;
          return typed.sum(new int[] {1, 2});
        },
        () -> typed.sum(mine));
    Probe.calls(
        "mutatedByBody",
        () -> typed.sorted(new int[] {3, 1, 2}),
        () -> typed.sorted(new int[] {3, 1, 2}),
        () -> typed.sorted(new int[] {1, 2, 3}));
    List<Integer> list = new ArrayList<>(List.of(1));
    Probe.calls(
        "mutatedList",
        () -> typed.size(list),
        () -> {
          list.add(2);
          return typed.size(List.of(1));
        },
        () -> typed.size(list));
    Probe.calls(
        "reassigned",
        () -> typed.countdown(3, list),
        () -> typed.countdown(3, list),
        () -> typed.countdown(0, list));
  }

  private static void nulls(KeyContents typed) {
    Probe.calls(
        "nullString",
        () -> typed.nullable(null),
        () -> typed.nullable(null),
        () -> typed.nullable("null"));
    Probe.calls(
        "nullInPair",
        () -> typed.nullables(null, 1L),
        () -> typed.nullables(null, 1L),
        () -> typed.nullables("a", null));
    Probe.calls(
        "nullArray",
        () -> typed.nullArray((Object[]) null),
        () -> typed.nullArray((Object[]) null),
        () -> typed.nullArray());
  }

  private static void selected(KeyContents typed) {
    Probe.calls(
        "cacheKey",
        () -> typed.keyed(1, "trace-1", 2L),
        () -> typed.keyed(1, "trace-2", 2L),
        () -> typed.keyed(1, "trace-2", 3L));
    Probe.calls(
        "cacheIgnore",
        () -> typed.ignoring("trace-1", 1),
        () -> typed.ignoring("trace-2", 1),
        () -> typed.ignoring("trace-2", 2));
    Probe.calls("ignoringAll", () -> typed.ignoringAll("a"), () -> typed.ignoringAll("b"));
  }

  @Cached
  String oddFloat(float value) {
    Probe.body("floatNaN");
    return "" + value;
  }

  @Cached
  String zeroFloat(float value) {
    Probe.body("floatZero");
    return "" + value;
  }

  @Cached
  String oddDouble(double value) {
    Probe.body("doubleNaN");
    return "" + value;
  }

  @Cached
  String zeroDouble(double value) {
    Probe.body("doubleZero");
    return "" + value;
  }

  @Cached
  String odd(String name, double value) {
    Probe.body("doubleInPair");
    return name + value;
  }

  @Cached
  String within(String name, long[] values) {
    Probe.body("arrayInPair");
    return name + Arrays.toString(values);
  }

  @Cached
  String any(Object value) {
    Probe.body("arrayAsObject");
    return Arrays.toString((int[]) value);
  }

  @Cached
  int sum(int[] values) {
    Probe.body("mutated");
    return Arrays.stream(values).sum();
  }

  @Cached
  int size(List<Integer> values) {
    Probe.body("mutatedList");
    return values.size();
  }

  /** Changes its argument: the key is what it was at the call. */
  @Cached
  String sorted(int[] values) {
    Probe.body("mutatedByBody");
    String before = Arrays.toString(values);
    Arrays.sort(values);
    return before + Arrays.toString(values);
  }

  /** Assigns to its parameters: the key is what they were at the call. */
  @Cached
  String countdown(int from, List<Integer> list) {
    Probe.body("reassigned");
    StringBuilder text = new StringBuilder();
    while (from > 0) {
      text.append(from--);
    }
    list = null;
    return text.append(list).toString();
  }

  @Cached
  String nullable(String value) {
    Probe.body("nullString");
    return value == null ? "nothing" : value;
  }

  @Cached
  String nullables(String text, Long number) {
    Probe.body("nullInPair");
    return text + number;
  }

  @Cached
  String nullArray(Object... values) {
    Probe.body("nullArray");
    return Arrays.toString(values);
  }

  @Cached
  String keyed(@CacheKey int id, String trace, @CacheKey long version) {
    Probe.body("cacheKey");
    return id + "/" + version + "/" + trace.length();
  }

  @Cached
  String ignoring(@CacheIgnore String trace, int id) {
    Probe.body("cacheIgnore");
    return id + "/" + trace.length();
  }

  @Cached
  String ignoringAll(@CacheIgnore String trace) {
    Probe.body("ignoringAll");
    return "length " + trace.length();
  }
}
