package io.larder.runtime.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.apache.fory.Fory;
import org.apache.fory.collection.ClassValueCache;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.memory.MemoryBuffer;
import org.apache.fory.platform.internal._JDKAccess;
import org.apache.fory.serializer.Serializer;
import org.apache.fory.util.record.RecordUtils;

/**
 * Records as their components in order: primitives alone, others with their class. That the
 * reader's record has the same components is known from the fingerprint.
 *
 * <p>Not by Fory's own serializer: that defines accessors in the application's class loader, which
 * does not see the interfaces of some of them, and holds them for ever, and that loader with them.
 */
final class ForyRecordSerializer<T> extends Serializer<T> {

  /** What Fory knows of the components of records; else it makes accessors for them there. */
  private static final ClassValueCache<org.apache.fory.util.record.RecordComponent[]> KNOWN =
      known();

  private final Class<?>[] types;
  private final MethodHandle[] getters;
  private final MethodHandle constructor;

  private ForyRecordSerializer(Fory fory, Class<T> type) throws ReflectiveOperationException {
    super(fory.getTypeResolver().getConfig(), type);
    RecordComponent[] components = type.getRecordComponents();
    types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
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
    MemoryBuffer out = context.getBuffer();
    for (int i = 0; i < getters.length; i++) {
      Object component = call(getters[i], value);
      if (types[i] == int.class) {
        out.writeVarInt32((int) component);
      } else if (types[i] == long.class) {
        out.writeVarInt64((long) component);
      } else if (types[i] == double.class) {
        out.writeFloat64((double) component);
      } else if (types[i] == boolean.class) {
        out.writeBoolean((boolean) component);
      } else if (types[i] == float.class) {
        out.writeFloat32((float) component);
      } else if (types[i] == byte.class) {
        out.writeByte((byte) component);
      } else if (types[i] == short.class) {
        out.writeInt16((short) component);
      } else if (types[i] == char.class) {
        out.writeChar((char) component);
      } else {
        context.writeRef(component);
      }
    }
  }

  @Override
  @SuppressWarnings("unchecked") // its own constructor
  public T read(ReadContext context) {
    Object[] components = new Object[getters.length];
    for (int i = 0; i < components.length; i++) {
      components[i] = types[i].isPrimitive() ? readPrimitive(types[i], context) : context.readRef();
    }
    return (T) call(constructor, components);
  }

  private static Object readPrimitive(Class<?> type, ReadContext context) {
    MemoryBuffer in = context.getBuffer();
    if (type == int.class) {
      return in.readVarInt32();
    } else if (type == long.class) {
      return in.readVarInt64();
    } else if (type == double.class) {
      return in.readFloat64();
    } else if (type == boolean.class) {
      return in.readBoolean();
    } else if (type == float.class) {
      return in.readFloat32();
    } else if (type == byte.class) {
      return in.readByte();
    } else if (type == short.class) {
      return in.readInt16();
    }
    return in.readChar();
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
