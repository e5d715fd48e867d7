package io.larder.runtime.codec;

import io.larder.runtime.codec.DamagedEntryException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Serialization of the JDK, with a list of the classes that exist for it: others are not even
 * looked for. For classes that are made for it and that the default codec does not take; larger and
 * slower than that by an order of magnitude.
 */
final class JdkCodec implements ValueCodec {

  static final byte ID = 3;

  private final Map<String, Class<?>> classes = new HashMap<>();
  private final ResultClass resultClass;
  private final ClassLoader loader;
  private final long fingerprint;

  JdkCodec(ClassGraph graph, ClassLoader loader) {
    this.resultClass = ResultClass.of(graph.root());
    this.loader = loader;
    this.fingerprint = ClassShapes.fingerprint("jdk 1", graph);
    classes.putAll(graph.classes());
  }

  @Override
  public byte id() {
    return ID;
  }

  @Override
  public long fingerprint() {
    return fingerprint;
  }

  @Override
  public byte[] encode(@Nullable Object value) throws NotStorableException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new Writer(bytes)) {
      out.writeObject(value);
    } catch (NotAllowedException refused) {
      throw new NotStorableException(Names.notAllowed(refused.className()));
    } catch (NotSerializableException unable) {
      throw new NotStorableException(
          unable.getMessage()
              + " does not implement Serializable; the codec fory asks for no such.");
    } catch (IOException | RuntimeException | LinkageError failed) {
      throw new NotStorableException("It cannot be serialized: " + Names.of(failed));
    } catch (StackOverflowError deep) {
      throw new NotStorableException("It is nested too deep to be serialized.");
    }
    return bytes.toByteArray();
  }

  @Override
  public @Nullable Object decode(byte[] payload) throws DamagedEntryException {
    try (ObjectInputStream in = new Reader(payload)) {
      Object value = in.readObject();
      if (in.read() >= 0 || in.available() > 0) {
        throw new DamagedEntryException(Reason.VALUE, "followed by something");
      }
      return resultClass.check(value);
    } catch (IOException | ClassNotFoundException | RuntimeException damaged) {
      throw new DamagedEntryException(Reason.VALUE, "cannot be deserialized: " + Names.of(damaged));
    } catch (StackOverflowError | InternalError | LinkageError damaged) { // the second: of Map.of
      throw new DamagedEntryException(Reason.VALUE, "cannot be deserialized: " + Names.of(damaged));
    }
  }

  private boolean allows(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return element.isPrimitive()
        || classes.get(element.getName()) == element
        || (JdkValues.isOfJdk(element) && JdkValues.containsSerialized(element.getName()));
  }

  /** Refuses other classes before they are written. */
  private final class Writer extends ObjectOutputStream {

    Writer(OutputStream out) throws IOException {
      super(out);
    }

    @Override
    protected void annotateClass(Class<?> type) {
      if (!allows(type)) {
        throw new NotAllowedException(type.getName());
      }
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
      throw new NotAllowedException(type.getName());
    }
  }

  /** Finds no other classes. */
  private final class Reader extends ObjectInputStream {

    private final HashingCost cost = new HashingCost();

    Reader(byte[] payload) throws IOException {
      super(new ByteArrayInputStream(payload));
      enableResolveObject(true);
      setObjectInputFilter(new HostileBytesFilter(JdkCodec.this::allows, payload.length));
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws IOException {
      String name = description.getName();
      String element = elementOf(name);
      Class<?> known = classes.get(name);
      if (known != null) {
        return known;
      }
      if (element.length() != 1
          && !classes.containsKey(element)
          && !JdkValues.containsSerialized(element)) {
        throw new InvalidClassException("not allowed");
      }
      try {
        return Class.forName(name, /* initialize= */ false, loader);
      } catch (ClassNotFoundException unknown) {
        throw new InvalidClassException("not found");
      }
    }

    /** Each object as soon as it is read. */
    @Override
    protected Object resolveObject(Object object) {
      cost.add(object);
      return object;
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
      throw new InvalidClassException("a proxy");
    }
  }

  /** Without the brackets of arrays: a class name, or one letter for a primitive. */
  private static String elementOf(String name) {
    int dimensions = 0;
    while (dimensions < name.length() && name.charAt(dimensions) == '[') {
      dimensions++;
    }
    String element = name.substring(dimensions);
    return dimensions > 0 && element.startsWith("L") && element.endsWith(";")
        ? element.substring(1, element.length() - 1)
        : element;
  }
}
