package io.larder.runtime.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import org.apache.fory.Fory;
import org.apache.fory.collection.ClassValueCache;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.platform.internal._JDKAccess;
import org.apache.fory.serializer.Serializer;
import org.apache.fory.util.record.RecordUtils;

/**
 * Records that have components of types for which the JDK has no functional interface: Fory defines
 * accessors of its own interfaces for those in the application's class loader, which does not see
 * them. Writes each component with its class; that the reader's record has the same ones is known
 * from the fingerprint.
 */
final class ForyRecordSerializer<T> extends Serializer<T> {

  private static final Set<Class<?>> WITHOUT_INTERFACE =
      Set.of(byte.class, short.class, char.class, float.class);

  /** What Fory knows of the components of records; else it makes accessors for them there. */
  private static final ClassValueCache<org.apache.fory.util.record.RecordComponent[]> KNOWN =
      known();

  private final MethodHandle[] getters;
  private final MethodHandle constructor;

  private ForyRecordSerializer(Fory fory, Class<T> type) throws ReflectiveOperationException {
    super(fory.getTypeResolver().getConfig(), type);
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    MethodHandles.Lookup lookup = _JDKAccess._trustedLookup(type);
    getters = new MethodHandle[components.length];
    for (int i = 0; i < components.length; i++) {
      getters[i] =
          lookup
              .findGetter(type, components[i].getName(), types[i])
              .asType(MethodType.methodType(Object.class, Object.class));
    }
    constructor =
        lookup
            .findConstructor(type, MethodType.methodType(void.class, types))
            .asSpreader(Object[].class, types.length)
            .asType(MethodType.methodType(Object.class, Object[].class));
  }

  /** Whether a class is such a record. */
  static boolean isFor(Class<?> type) {
    return type.isRecord()
        && Arrays.stream(type.getRecordComponents())
            .anyMatch(component -> WITHOUT_INTERFACE.contains(component.getType()));
  }

  /** Brings it in for a class that is registered. */
  static <T> void register(Fory fory, Class<T> type) {
    KNOWN.put(
        type,
        Arrays.stream(type.getRecordComponents())
            .map(ForyRecordSerializer::withoutAccessor)
            .toArray(org.apache.fory.util.record.RecordComponent[]::new));
    try {
      fory.registerSerializer(type, new ForyRecordSerializer<>(fory, type));
    } catch (ReflectiveOperationException impossible) { // a record has all this
      throw new IllegalStateException(impossible);
    }
  }

  /** The accessor is used by generated code alone. */
  private static org.apache.fory.util.record.RecordComponent withoutAccessor(
      RecordComponent component) {
    return new org.apache.fory.util.record.RecordComponent(
        component.getDeclaringRecord(),
        component.getName(),
        component.getType(),
        component.getGenericType(),
        component.getAnnotatedType(),
        component.getAccessor(),
        null);
  }

  @SuppressWarnings("unchecked") // as it is declared
  private static ClassValueCache<org.apache.fory.util.record.RecordComponent[]> known() {
    try {
      Field cache = RecordUtils.class.getDeclaredField("recordComponentsCache");
      cache.setAccessible(true);
      return (ClassValueCache<org.apache.fory.util.record.RecordComponent[]>) cache.get(null);
    } catch (ReflectiveOperationException otherVersion) { // PackedCodecIT would have told
      throw new IllegalStateException(otherVersion);
    }
  }

  @Override
  public void write(WriteContext context, T value) {
    for (MethodHandle getter : getters) {
      context.writeRef(call(getter, value));
    }
  }

  @Override
  @SuppressWarnings("unchecked") // its own constructor
  public T read(ReadContext context) {
    Object[] components = new Object[getters.length];
    for (int i = 0; i < components.length; i++) {
      components[i] = context.readRef();
    }
    return (T) call(constructor, components);
  }

  private static Object call(MethodHandle handle, Object argument) {
    try {
      return argument instanceof Object[] components
          ? (Object) handle.invokeExact(components)
          : (Object) handle.invokeExact(argument);
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable thrown) { // by the record's constructor
      throw new IllegalStateException(thrown);
    }
  }
}
