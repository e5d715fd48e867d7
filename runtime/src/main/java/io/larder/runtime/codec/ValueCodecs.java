package io.larder.runtime.codec;

import java.lang.reflect.Modifier;
import java.lang.reflect.Type;

/** Makes the codec for the results of a method. */
public final class ValueCodecs {

  private ValueCodecs() {}

  /**
   * A codec by its name: {@code fory}, {@code json}, {@code jdk}, {@code string}, {@code bytes}, or
   * {@code auto}, which is {@code string} for strings, {@code bytes} for byte arrays, else {@code
   * fory}. Costs milliseconds; to be kept as long as the method it is for.
   *
   * @param loader of the class that declares the method
   * @param returned what the method returns, as declared
   * @param allowed classes beside those that this type leads to
   * @throws NotStorableException if no result of the method could be stored, says why to people
   * @throws IllegalArgumentException if there is no codec of that name
   */
  public static ValueCodec of(
      String codecName, ClassLoader loader, Type returned, AllowedClasses allowed)
      throws NotStorableException {
    Class<?> type = ClassGraph.rawClass(returned);
    return switch (codecName) {
      case "string" -> {
        requireType(codecName, String.class, type);
        yield new TextCodec();
      }
      case "bytes" -> {
        requireType(codecName, byte[].class, type);
        yield new RawBytesCodec();
      }
      case "fory" -> new ForyCodec(graphOf(returned, allowed, loader), loader);
      case "json" -> new JsonCodec(graphOf(returned, allowed, loader), loader);
      case "jdk" -> new JdkCodec(graphOf(returned, allowed, loader), loader);
      case "auto" -> {
        if (type == String.class) {
          yield new TextCodec();
        }
        yield type == byte[].class
            ? new RawBytesCodec()
            : new ForyCodec(graphOf(returned, allowed, loader), loader);
      }
      default ->
          throw new IllegalArgumentException(
              "unknown codec \"" + codecName + "\". Known: auto, fory, json, jdk, string, bytes.");
    };
  }

  private static void requireType(String codecName, Class<?> wanted, Class<?> returned)
      throws NotStorableException {
    if (returned != wanted) {
      throw new NotStorableException(
          "The codec "
              + codecName
              + " is for methods that return "
              + wanted.getTypeName()
              + ", and this one returns "
              + returned.getTypeName()
              + ".");
    }
  }

  private static ClassGraph graphOf(Type returned, AllowedClasses allowed, ClassLoader loader)
      throws NotStorableException {
    ClassGraph graph = ClassGraph.of(returned, allowed, loader);
    Class<?> type = ClassGraph.rawClass(returned);
    while (type.isArray()) {
      type = type.getComponentType();
    }
    if (type.isPrimitive() && type != void.class) {
      return graph;
    }
    if (JdkValues.isOfJdk(type)) {
      boolean concrete = !Modifier.isAbstract(type.getModifiers());
      if (concrete && !type.isEnum() && !JdkValues.contains(type.getName())) {
        throw new NotStorableException(
            type.getName() + " is none of the JDK's classes that are stored: values, collections.");
      }
      return graph;
    }
    Class<?> declared = type;
    if (graph.concrete().stream().noneMatch(declared::isAssignableFrom)) {
      throw new NotStorableException(
          declared.getName()
              + " is abstract, and nothing says what its results are of. Seal it, declare what is"
              + " returned, or allow the classes by name.");
    }
    return graph;
  }
}
