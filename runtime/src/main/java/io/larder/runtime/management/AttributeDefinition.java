package io.larder.runtime.management;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import javax.management.ImmutableDescriptor;
import javax.management.openmbean.OpenMBeanAttributeInfoSupport;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of an MBean.
 *
 * @param <S> what is read once for all attributes of one request, so that they agree
 * @param name as consoles show it; carries the unit
 * @param type the open type of the value
 * @param description a tooltip: what it is, its unit, whether setting it takes effect at once
 * @param facts descriptor fields such as {@code units} and {@code metricType}
 * @param getter reads the value
 * @param setter takes a new value and answers what was done; {@code null} when read-only
 */
record AttributeDefinition<S>(
    String name,
    OpenType<?> type,
    String description,
    Map<String, String> facts,
    Function<S, @Nullable Object> getter,
    @Nullable Setter setter) {

  /** Sets an attribute. */
  interface Setter {
    /**
     * Takes a value of the attribute's type.
     *
     * @throws IllegalArgumentException if the value is not allowed; the message is shown
     */
    void set(Object value);
  }

  /** A number that only grows. */
  static <S> AttributeDefinition<S> counter(
      String name,
      OpenType<?> type,
      String unit,
      String description,
      Function<S, @Nullable Object> getter) {
    return new AttributeDefinition<>(
        name, type, description, facts("units", unit, "metricType", "counter"), getter, null);
  }

  /** A value as of now. */
  static <S> AttributeDefinition<S> gauge(
      String name,
      OpenType<?> type,
      String unit,
      String description,
      Function<S, @Nullable Object> getter) {
    return new AttributeDefinition<>(
        name, type, description, facts("units", unit, "metricType", "gauge"), getter, null);
  }

  /** A text as of now. */
  static <S> AttributeDefinition<S> text(
      String name, String description, Function<S, @Nullable Object> getter) {
    return gauge(name, SimpleType.STRING, "", description, getter);
  }

  /** A whole number as of now. */
  static <S> AttributeDefinition<S> number(
      String name, String unit, String description, ToLongFunction<S> getter) {
    return gauge(name, SimpleType.LONG, unit, description, getter::applyAsLong);
  }

  /** How often something happened. */
  static <S> AttributeDefinition<S> count(
      String name, String description, ToLongFunction<S> getter) {
    return counter(name, SimpleType.LONG, "1", description, getter::applyAsLong);
  }

  /** A value that can be set. */
  static <S> AttributeDefinition<S> setting(
      String name,
      OpenType<?> type,
      String defaultValue,
      String description,
      Function<S, @Nullable Object> getter,
      Setter setter) {
    return new AttributeDefinition<>(
        name, type, description, facts("defaultText", defaultValue), getter, setter);
  }

  /**
   * The same of something that has what this one reads as a part.
   *
   * @param <W> the whole
   */
  <W> AttributeDefinition<W> of(Function<W, S> part) {
    return new AttributeDefinition<>(
        name, type, description, facts, whole -> getter.apply(part.apply(whole)), setter);
  }

  OpenMBeanAttributeInfoSupport info(boolean writable) {
    return new OpenMBeanAttributeInfoSupport(
        name,
        description,
        type,
        /* isReadable= */ true,
        writable && setter != null,
        /* isIs= */ false,
        new ImmutableDescriptor(facts));
  }

  private static Map<String, String> facts(String... namesAndValues) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      facts.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return facts;
  }
}
