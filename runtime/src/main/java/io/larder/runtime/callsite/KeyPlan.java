package io.larder.runtime.callsite;

import io.larder.runtime.model.Key;
import io.larder.runtime.policy.InstanceRule;
import io.larder.runtime.policy.MethodSpec;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How the keys of one method are made.
 *
 * @param maker makes the key from its parts; references are {@code Object}
 * @param inputs positions in the call site's arguments, one for each part
 * @param getters for each part, how to get it from its argument; {@code null} for the argument
 *     itself
 * @param types of its parts
 * @param trusted whether making, hashing and comparing keys runs only code of the JDK and ours
 * @param keyClass of the keys; {@code null} for arguments that are their own keys
 * @param isMine tells the method's keys from those of other methods of the cache
 */
record KeyPlan(
    MethodHandle maker,
    List<Integer> inputs,
    List<@Nullable MethodHandle> getters,
    KeyTypes types,
    boolean trusted,
    @Nullable Class<?> keyClass,
    Predicate<Object> isMine) {

  /** Classes whose objects never change and whose equality is the JDK's own: final, all of them. */
  private static final Set<String> VALUES =
      Set.of(
          "Ljava/lang/Boolean;",
          "Ljava/lang/Byte;",
          "Ljava/lang/Character;",
          "Ljava/lang/Class;",
          "Ljava/lang/Double;",
          "Ljava/lang/Float;",
          "Ljava/lang/Integer;",
          "Ljava/lang/Long;",
          "Ljava/lang/Short;",
          "Ljava/net/URI;",
          "Ljava/time/DayOfWeek;",
          "Ljava/time/Duration;",
          "Ljava/time/Instant;",
          "Ljava/time/LocalDate;",
          "Ljava/time/LocalDateTime;",
          "Ljava/time/LocalTime;",
          "Ljava/time/Month;",
          "Ljava/time/OffsetDateTime;",
          "Ljava/time/Period;",
          "Ljava/time/Year;",
          "Ljava/time/YearMonth;",
          "Ljava/time/ZonedDateTime;",
          "Ljava/util/Locale;",
          "Ljava/util/UUID;");

  private static final MethodHandle NON_NULL;

  static {
    try {
      NON_NULL =
          MethodHandles.lookup()
              .findStatic(
                  KeyPlan.class, "nonNull", MethodType.methodType(Object.class, Object.class));
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /** Stands for a {@code null} argument that is its own key. */
  private enum Absent {
    ARGUMENT
  }

  /**
   * Plans the keys of a method.
   *
   * @param perInstance whether each instance has its own
   * @param mayBeRaw whether an argument may be its own key: only one method of a cache may do so,
   *     because such keys do not tell whose they are
   * @param properties for each part of the key, how to get it from its argument; {@code null} for
   *     the argument itself
   */
  static KeyPlan of(
      MethodSpec spec,
      boolean perInstance,
      boolean mayBeRaw,
      KeyClasses keyClasses,
      List<@Nullable MethodHandle> properties) {
    List<KeyShape.Part> parts = new ArrayList<>();
    List<Integer> inputs = new ArrayList<>();
    List<@Nullable MethodHandle> getters = new ArrayList<>();
    List<@Nullable ClassDesc> types = new ArrayList<>();
    int first = spec.isStatic() ? 0 : 1;
    boolean byEquality = !spec.isStatic() && spec.instances() == InstanceRule.EQUAL;
    if (byEquality) {
      parts.add(new KeyShape.Part(Object.class, /* trusted= */ false));
    }
    if (byEquality || perInstance) {
      inputs.add(0);
      getters.add(null);
      types.add(null);
    }
    MethodTypeDesc type = MethodTypeDesc.ofDescriptor(spec.descriptor());
    for (int i = 0; i < spec.key().size(); i++) {
      int parameter = spec.key().get(i).parameter();
      MethodHandle getter = properties.get(i);
      ClassDesc partType =
          getter == null
              ? type.parameterType(parameter)
              : getter.type().returnType().describeConstable().orElse(ConstantDescs.CD_Object);
      parts.add(partOf(partType));
      types.add(partType);
      inputs.add(first + parameter);
      getters.add(getter);
    }
    KeyShape shape = new KeyShape(parts, perInstance);
    if (!perInstance && parts.isEmpty()) {
      Object only = new Object();
      MethodHandle maker = MethodHandles.constant(Object.class, only);
      return new KeyPlan(
          maker,
          inputs,
          getters,
          new KeyTypes(types),
          /* trusted= */ true,
          /* keyClass= */ null,
          key -> key == only);
    }
    if (!perInstance && mayBeRaw && parts.size() == 1 && shape.isTrusted()) {
      Class<?> carrier = parts.get(0).carrier();
      MethodHandle maker =
          carrier.isPrimitive()
              ? MethodHandles.identity(Object.class)
                  .asType(MethodType.methodType(Object.class, carrier))
              : NON_NULL;
      return new KeyPlan(
          maker,
          inputs,
          getters,
          new KeyTypes(types),
          /* trusted= */ true,
          /* keyClass= */ null,
          key -> !(key instanceof Key));
    }
    MethodHandle constructor = keyClasses.define(shape);
    Class<?> keyClass = constructor.type().returnType();
    return new KeyPlan(
        erased(constructor),
        inputs,
        getters,
        new KeyTypes(types),
        shape.isTrusted(),
        keyClass,
        key -> key.getClass() == keyClass);
  }

  /** Makes the key of a call and hands it on: from the arguments of a call site. */
  MethodHandle before(MethodHandle taker, MethodType siteType) {
    MethodHandle whole = MethodHandles.filterReturnValue(maker, taker);
    for (int i = 0; i < getters.size(); i++) {
      MethodHandle getter = getters.get(i);
      if (getter != null) {
        whole =
            MethodHandles.filterArguments(
                whole,
                i,
                getter.asType(
                    MethodType.methodType(
                        whole.type().parameterType(i), siteType.parameterType(inputs.get(i)))));
      }
    }
    return MethodHandles.permuteArguments(
        whole.asType(whole.type().changeReturnType(siteType.returnType())),
        siteType,
        inputs.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Makes the key of a call: from the arguments of a call site. */
  MethodHandle keyMaker(MethodType siteType) {
    return before(MethodHandles.identity(Object.class), siteType);
  }

  /** The key of a call with these arguments, hashed; {@code null} when it takes others. */
  @Nullable Object keyOf(@Nullable Object anyInstance, Object... arguments) {
    Object[] all = withInstance(anyInstance, arguments).clone();
    if (all.length != maker.type().parameterCount()) {
      return null;
    }
    for (int i = 0; i < all.length; i++) {
      all[i] = types.converted(all[i], i);
    }
    Object key;
    try {
      key = maker.invokeWithArguments(all);
    } catch (ClassCastException | NullPointerException otherTypes) {
      return null;
    } catch (Throwable failure) {
      throw new IllegalStateException("a key could not be made", failure);
    }
    return !trusted && key instanceof Key made ? made.hashed() : key;
  }

  /** The arguments that made a stored key of this plan, which is that of no instance. */
  @Nullable Object[] argumentsOf(Object key) {
    if (key instanceof Key made) {
      return made.arguments();
    }
    return types.types().isEmpty()
        ? new Object[0]
        : new @Nullable Object[] {key == Absent.ARGUMENT ? null : key};
  }

  /** The arguments with the instance in front, if there is one. */
  static Object[] withInstance(@Nullable Object instance, Object[] arguments) {
    if (instance == null) {
      return arguments;
    }
    Object[] all = new Object[arguments.length + 1];
    all[0] = instance;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return all;
  }

  private static KeyShape.Part partOf(ClassDesc type) {
    String descriptor = type.descriptorString();
    if (type.isPrimitive()) {
      return new KeyShape.Part(
          MethodType.fromMethodDescriptorString("()" + descriptor, null).returnType(),
          /* trusted= */ true);
    }
    if (descriptor.equals("Ljava/lang/String;")) {
      return new KeyShape.Part(String.class, /* trusted= */ true);
    }
    return new KeyShape.Part(Object.class, VALUES.contains(descriptor));
  }

  /** References as {@code Object}, as call sites pass them. */
  private static MethodHandle erased(MethodHandle handle) {
    return handle.asType(handle.type().erase());
  }

  @SuppressWarnings("unused") // through NON_NULL
  private static Object nonNull(@Nullable Object argument) {
    return argument == null ? Absent.ARGUMENT : argument;
  }
}
