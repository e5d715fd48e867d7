package io.larder.runtime.codec;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The shapes of all classes of a value, as one number: another field, name, type, constant or
 * subclass, another number. Two releases of an application whose classes differ so never read each
 * other's entries. The order of a record's components counts, as they are written by it; that of
 * other fields and of constants does not, as no codec writes by it. The JDK's classes count by name
 * alone, so that JVMs of different JDKs agree.
 */
final class ClassShapes {

  private ClassShapes() {}

  /**
   * The number for a codec.
   *
   * @param codec its name with the version of its format
   */
  static long fingerprint(String codec, ClassGraph graph) {
    String text =
        Stream.concat(
                Stream.of(codec, nameOf(graph.root())),
                graph.classes().values().stream().map(ClassShapes::shapeOf))
            .collect(Collectors.joining("\n"));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException impossible) { // each Java platform has to have it
      throw new IllegalStateException(impossible);
    }
  }

  /** One line, the same in every JVM. */
  static String shapeOf(Class<?> type) {
    if (JdkValues.isOfJdk(type)) {
      return type.getName();
    }
    StringBuilder shape = new StringBuilder(kindOf(type)).append(' ').append(type.getName());
    if (type.getGenericSuperclass() != null) {
      shape.append(" extends ").append(nameOf(type.getGenericSuperclass()));
    }
    if (type.isSealed() && !type.isEnum()) {
      shape.append(" permits ").append(sorted(Stream.of(type.getPermittedSubclasses())));
    }
    return shape.append(" {").append(membersOf(type)).append('}').toString();
  }

  private static String kindOf(Class<?> type) {
    if (type.isEnum()) {
      return "enum";
    }
    if (type.isRecord()) {
      return "record";
    }
    return type.isInterface() ? "interface" : "class";
  }

  private static String sorted(Stream<Class<?>> types) {
    return types.map(Class::getName).sorted().collect(Collectors.joining(","));
  }

  /** Fields, of an enum its constants, sorted by name; initializes nothing. */
  private static String membersOf(Class<?> type) {
    if (type.isRecord()) {
      return Arrays.stream(type.getRecordComponents())
          .map(component -> component.getName() + ":" + nameOf(component.getGenericType()))
          .collect(Collectors.joining(";"));
    }
    Stream<String> members =
        type.isEnum()
            ? Arrays.stream(type.getDeclaredFields())
                .filter(Field::isEnumConstant)
                .map(Field::getName)
            : ClassGraph.fieldsOf(type).stream()
                .map(field -> field.getName() + ":" + nameOf(field.getGenericType()));
    return members.sorted().collect(Collectors.joining(";"));
  }

  /** Spelled here, as what {@code Type.getTypeName} gives changed with the JDK. */
  private static String nameOf(Type type) {
    if (type instanceof Class<?> raw) {
      return raw.getName();
    }
    if (type instanceof ParameterizedType parameterized) {
      return nameOf(parameterized.getRawType()) + namesOf(parameterized.getActualTypeArguments());
    }
    if (type instanceof GenericArrayType array) {
      return nameOf(array.getGenericComponentType()) + "[]";
    }
    if (type instanceof WildcardType wildcard) {
      return "?"
          + namesOf(wildcard.getUpperBounds())
          + (wildcard.getLowerBounds().length == 0 ? "" : "-" + namesOf(wildcard.getLowerBounds()));
    }
    return ((TypeVariable<?>) type).getName();
  }

  private static String namesOf(Type... types) {
    return List.of(types).stream()
        .map(ClassShapes::nameOf)
        .collect(Collectors.joining(",", "<", ">"));
  }
}
