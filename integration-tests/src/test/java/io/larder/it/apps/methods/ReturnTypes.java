package io.larder.it.apps.methods;

import io.larder.Cached;
import io.larder.it.apps.Probe;
import java.nio.CharBuffer;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** A method for each type that can be returned; each is called twice with 1 and once with 2. */
public final class ReturnTypes {

  private ReturnTypes() {}

  public static void main(String[] arguments) throws Exception {
    ReturnTypes types = new ReturnTypes();
    Probe.calls(
        "boolean", () -> types.aBoolean(1), () -> types.aBoolean(1), () -> types.aBoolean(2));
    Probe.calls("byte", () -> types.aByte(1), () -> types.aByte(1), () -> types.aByte(2));
    Probe.calls("char", () -> types.aChar(1), () -> types.aChar(1), () -> types.aChar(2));
    Probe.calls("short", () -> types.aShort(1), () -> types.aShort(1), () -> types.aShort(2));
    Probe.calls("int", () -> types.anInt(1), () -> types.anInt(1), () -> types.anInt(2));
    Probe.calls("long", () -> types.aLong(1), () -> types.aLong(1), () -> types.aLong(2));
    Probe.calls("float", () -> types.aFloat(1), () -> types.aFloat(1), () -> types.aFloat(2));
    Probe.calls("double", () -> types.aDouble(1), () -> types.aDouble(1), () -> types.aDouble(2));
    Probe.calls("null", () -> types.nothing(1), () -> types.nothing(1), () -> types.nothing(2));
    Probe.calls("nullBox", () -> types.nullBox(1), () -> types.nullBox(1), () -> types.nullBox(2));
    references(types);
  }

  private static void references(ReturnTypes types) throws Exception {
    same("String", () -> types.string(1), () -> types.string(2));
    same("Object", () -> types.object(1), () -> types.object(2));
    same("box", () -> types.box(1), () -> types.box(2));
    same("record", () -> types.pair(1), () -> types.pair(2));
    same("enum", () -> types.day(1), () -> types.day(2));
    same("generic", () -> types.list(1), () -> types.list(2));
    same("interface", () -> types.sequence(1), () -> types.sequence(2));
    same("optional", () -> types.optional(1), () -> types.optional(2));
    same("map", () -> types.map(1), () -> types.map(2));
    same("class", () -> types.type(1), () -> types.type(2));
    same("ints", () -> types.ints(1), () -> types.ints(2));
    same("booleans", () -> types.booleans(1), () -> types.booleans(2));
    same("strings", () -> types.strings(1), () -> types.strings(2));
    same("matrix", () -> types.matrix(1), () -> types.matrix(2));
    same("variable", () -> types.variable(List.of(1)), () -> types.variable(List.of("2")));
    same("array", () -> types.genericArray(1L), () -> types.genericArray(2L));
  }

  /** With a cache the second call returns the very object that the first returned. */
  private static void same(String name, Callable<?> one, Callable<?> two) throws Exception {
    Object[] kept = new Object[2];
    Probe.calls(name, () -> kept[0] = one.call(), () -> kept[1] = one.call(), two);
    Probe.say(name + ".identical", kept[0] == kept[1]);
  }

  @Cached
  boolean aBoolean(int seed) {
    Probe.body("boolean");
    return seed == 1;
  }

  @Cached
  byte aByte(int seed) {
    Probe.body("byte");
    return seed == 1 ? Byte.MIN_VALUE : Byte.MAX_VALUE;
  }

  @Cached
  char aChar(int seed) {
    Probe.body("char");
    return seed == 1 ? 'x' : '~';
  }

  @Cached
  short aShort(int seed) {
    Probe.body("short");
    return seed == 1 ? Short.MIN_VALUE : Short.MAX_VALUE;
  }

  @Cached
  int anInt(int seed) {
    Probe.body("int");
    return seed == 1 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
  }

  @Cached
  long aLong(int seed) {
    Probe.body("long");
    return seed == 1 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  @Cached
  float aFloat(int seed) {
    Probe.body("float");
    return seed == 1 ? Float.NaN : -0.0f;
  }

  @Cached
  double aDouble(int seed) {
    Probe.body("double");
    return seed == 1 ? Double.NaN : -0.0;
  }

  @Cached
  String nothing(int seed) {
    Probe.body("null");
    return null;
  }

  @Cached
  Long nullBox(int seed) {
    Probe.body("nullBox");
    return seed == 1 ? null : 2L;
  }

  @Cached
  String string(int seed) {
    Probe.body("String");
    return "text " + seed;
  }

  @Cached
  Object object(int seed) {
    Probe.body("Object");
    return new AtomicInteger(seed);
  }

  @Cached
  Integer box(int seed) {
    Probe.body("box");
    return 1_000 + seed;
  }

  @Cached
  Pair pair(int seed) {
    Probe.body("record");
    return new Pair("left", seed);
  }

  @Cached
  DayOfWeek day(int seed) {
    Probe.body("enum");
    return DayOfWeek.of(seed);
  }

  @Cached
  List<String> list(int seed) {
    Probe.body("generic");
    return List.of("a", "b" + seed);
  }

  @Cached
  CharSequence sequence(int seed) {
    Probe.body("interface");
    return CharBuffer.wrap("sequence" + seed);
  }

  @Cached
  Optional<Pair> optional(int seed) {
    Probe.body("optional");
    return Optional.of(new Pair("optional", seed));
  }

  @Cached
  Map<String, List<Pair>> map(int seed) {
    Probe.body("map");
    return Map.of("key", List.of(new Pair("value", seed)));
  }

  @Cached
  Class<?> type(int seed) {
    Probe.body("class");
    return seed == 1 ? int[].class : Pair.class;
  }

  @Cached
  int[] ints(int seed) {
    Probe.body("ints");
    return new int[] {seed, 2, 3};
  }

  @Cached
  boolean[] booleans(int seed) {
    Probe.body("booleans");
    return new boolean[] {seed == 1, true};
  }

  @Cached
  String[] strings(int seed) {
    Probe.body("strings");
    return new String[] {"a", null, "b" + seed};
  }

  @Cached
  double[][] matrix(int seed) {
    Probe.body("matrix");
    return new double[][] {{seed, 0.5}, {}};
  }

  @Cached
  <T> T variable(List<T> values) {
    Probe.body("variable");
    return values.get(0);
  }

  @Cached
  <T extends Number> Number[] genericArray(T value) {
    Probe.body("array");
    return new Number[] {value, 1.5};
  }

  private record Pair(String left, int right) {}
}
