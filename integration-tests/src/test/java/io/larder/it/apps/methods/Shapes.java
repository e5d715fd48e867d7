package io.larder.it.apps.methods;

import io.larder.Cached;
import io.larder.it.apps.Probe;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints what reflection and serialization know of a class with cached methods. */
public final class Shapes implements Serializable {

  private static final long START = System.nanoTime();

  private final String name;

  private Shapes(String name) {
    this.name = name;
  }

  public static void main(String[] arguments) throws ReflectiveOperationException {
    Shapes shapes = new Shapes("shape");
    Probe.say("call", shapes.length(1) + " " + shapes.length(1) + twice("a", List.of(START < 0)));
    Probe.say("serialVersion", ObjectStreamClass.lookup(Shapes.class).getSerialVersionUID());
    Probe.say(
        "fields", sorted(Arrays.stream(Shapes.class.getDeclaredFields()).map(Object::toString)));
    Probe.say(
        "methods", sorted(Arrays.stream(Shapes.class.getDeclaredMethods()).map(Shapes::describe)));
    Probe.say("interfaces", List.of(Shapes.class.getInterfaces()));
    Probe.say(
        "nested", sorted(Arrays.stream(Shapes.class.getDeclaredClasses()).map(Class::getName)));
    Probe.say(
        "annotation",
        Shapes.class.getDeclaredMethod("length", int.class).getAnnotation(Cached.class));
    Probe.say(
        "byReflection", Shapes.class.getDeclaredMethod("length", int.class).invoke(shapes, 1));
  }

  private static Set<String> sorted(Stream<String> names) {
    return names.collect(Collectors.toCollection(TreeSet::new));
  }

  private static String describe(Executable method) {
    return method.toGenericString()
        + Arrays.toString(method.getParameters())
        + Arrays.toString(method.getAnnotations())
        + Arrays.deepToString(method.getParameterAnnotations());
  }

  @Cached(ttl = "1h")
  private int length(int plus) {
    return name.length() + plus;
  }

  @Cached
  static <T extends Comparable<T>> List<T> twice(String prefix, List<T> values) {
    return prefix.isEmpty() ? List.of() : Stream.concat(values.stream(), values.stream()).toList();
  }
}
