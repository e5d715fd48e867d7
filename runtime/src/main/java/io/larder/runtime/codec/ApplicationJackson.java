package io.larder.runtime.codec;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The Jackson of an application, 2 or 3, by reflection: its classes are in the application's
 * loader. Thread-safe.
 */
final class ApplicationJackson {

  /** The packages of its releases, the newest first. */
  private static final List<String> PACKAGES =
      List.of("tools.jackson.databind.", "com.fasterxml.jackson.databind.");

  /** What is switched on or off where a release has it, so that nothing is lost or let through. */
  private static final Map<String, Map<String, Boolean>> FEATURES =
      Map.of(
          "DeserializationFeature",
          Map.of(
              "FAIL_ON_UNKNOWN_PROPERTIES", true,
              "FAIL_ON_TRAILING_TOKENS", true,
              "ADJUST_DATES_TO_CONTEXT_TIME_ZONE", false),
          "SerializationFeature",
          Map.of("WRITE_DATES_AS_TIMESTAMPS", false, "WRITE_DATES_WITH_ZONE_ID", true),
          "cfg.DateTimeFeature", // where Jackson 3 has those of dates
          Map.of(
              "ADJUST_DATES_TO_CONTEXT_TIME_ZONE", false,
              "WRITE_DATES_AS_TIMESTAMPS", false,
              "WRITE_DATES_WITH_ZONE_ID", true));

  private final Object writer;
  private final Method write;
  private final Object reader;
  private final Method read;

  private ApplicationJackson(Object mapper, Type root) throws ReflectiveOperationException {
    Object type = mapper.getClass().getMethod("constructType", Type.class).invoke(mapper, root);
    Class<?> typeClass = publicClass(type.getClass(), "JavaType");
    writer = mapper.getClass().getMethod("writerFor", typeClass).invoke(mapper, type);
    write = writer.getClass().getMethod("writeValueAsBytes", Object.class);
    reader = mapper.getClass().getMethod("readerFor", typeClass).invoke(mapper, type);
    read = reader.getClass().getMethod("readValue", byte[].class);
  }

  /**
   * That of the application whose loader this is.
   *
   * @throws NotStorableException if it has none, or a class asks it for what is not safe
   */
  static ApplicationJackson of(ClassGraph graph, ClassLoader loader) throws NotStorableException {
    JsonTypeNames.refuse(graph);
    for (String itsPackage : PACKAGES) {
      Class<?> mapperClass;
      try {
        mapperClass = Class.forName(itsPackage + "json.JsonMapper", true, loader);
      } catch (ClassNotFoundException | LinkageError absent) {
        continue;
      }
      try {
        Object mapper = mapper(mapperClass, itsPackage, graph, loader);
        return new ApplicationJackson(mapper, graph.root());
      } catch (ReflectiveOperationException | RuntimeException | LinkageError unfit) {
        throw new NotStorableException(
            "The Jackson on the class path is of a release that the codec json does not know: "
                + unfit.getClass().getName());
      }
    }
    throw new NotStorableException(
        "The codec json uses the Jackson of the application, and there is none on its class path."
            + " Add com.fasterxml.jackson.core:jackson-databind or"
            + " tools.jackson.core:jackson-databind, or take another codec.");
  }

  private static Object mapper(
      Class<?> mapperClass, String itsPackage, ClassGraph graph, ClassLoader loader)
      throws ReflectiveOperationException {
    Object builder = mapperClass.getMethod("builder").invoke(null);
    Class<?> builderClass = builder.getClass();
    findModules(builder, loader);
    for (Map.Entry<String, Map<String, Boolean>> kind : FEATURES.entrySet()) {
      Class<?> feature = featureClass(itsPackage + kind.getKey(), loader);
      if (feature == null) {
        continue;
      }
      for (Object constant : feature.getEnumConstants()) {
        Boolean on = kind.getValue().get(constant.toString());
        if (on != null) {
          Object only = Array.newInstance(parameterFor(feature), 1);
          Array.set(only, 0, constant);
          builderClass.getMethod(on ? "enable" : "disable", only.getClass()).invoke(builder, only);
        }
      }
    }
    Class<?> validator =
        Class.forName(itsPackage + "jsontype.PolymorphicTypeValidator", true, loader);
    builderClass
        .getMethod("polymorphicTypeValidator", validator)
        .invoke(builder, validator(itsPackage, graph, loader));
    return builderClass.getMethod("build").invoke(builder);
  }

  /** {@code null} if this release has none of them. */
  private static @Nullable Class<?> featureClass(String name, ClassLoader loader) {
    try {
      return Class.forName(name, true, loader);
    } catch (ClassNotFoundException ofAnotherRelease) {
      return null;
    }
  }

  /** By which type a builder takes a feature: Jackson 3 has one for those of all data types. */
  private static Class<?> parameterFor(Class<?> feature) {
    for (Class<?> general : feature.getInterfaces()) {
      if (general.getSimpleName().equals("DatatypeFeature")) {
        return general;
      }
    }
    return feature;
  }

  /** Those on the application's class path; Jackson 2 looks where the thread does. */
  private static void findModules(Object builder, ClassLoader loader)
      throws ReflectiveOperationException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      builder.getClass().getMethod("findAndAddModules").invoke(builder);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Of classes that the JSON names itself, where annotations ask for that, only those we know. */
  private static Object validator(String itsPackage, ClassGraph graph, ClassLoader loader)
      throws ReflectiveOperationException {
    String names =
        graph.classes().keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    Class<?> basic =
        Class.forName(itsPackage + "jsontype.BasicPolymorphicTypeValidator", true, loader);
    Object builder = basic.getMethod("builder").invoke(null);
    builder
        .getClass()
        .getMethod("allowIfSubType", Pattern.class)
        .invoke(builder, Pattern.compile(names));
    return builder.getClass().getMethod("build").invoke(builder);
  }

  /** A superclass by its simple name; that of the object itself may not be public. */
  private static Class<?> publicClass(Class<?> type, String simpleName) {
    Class<?> each = type;
    while (!each.getSimpleName().equals(simpleName)) {
      each = each.getSuperclass();
    }
    return each;
  }

  /** The JSON of a value; what Jackson throws is the cause. */
  byte[] write(@Nullable Object value) throws InvocationTargetException {
    return (byte[]) call(write, writer, value);
  }

  /** The value of a JSON; what Jackson throws is the cause. */
  @Nullable Object read(byte[] json) throws InvocationTargetException {
    return call(read, reader, json);
  }

  private static Object call(Method method, Object owner, @Nullable Object argument)
      throws InvocationTargetException {
    try {
      return method.invoke(owner, argument);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
