package io.larder.runtime.codec;

import io.larder.runtime.codec.DamagedEntryException.Reason;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON, readable by programs in any language, as the application's own Jackson writes it: with its
 * annotations and the modules on its class path. Not with one of Larder's, which would not see the
 * annotations of the application's classes.
 */
final class JsonCodec implements ValueCodec {

  static final byte ID = 5;

  private final ApplicationJackson jackson;
  private final ResultClass resultClass;
  private final long fingerprint;

  JsonCodec(ClassGraph graph, ClassLoader loader) throws NotStorableException {
    this.jackson = ApplicationJackson.of(graph, loader);
    this.resultClass = ResultClass.of(graph.root());
    this.fingerprint = ClassShapes.fingerprint("json 1", graph);
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
    try {
      return jackson.write(value);
    } catch (InvocationTargetException failed) {
      throw new NotStorableException(
          "Jackson cannot write it: "
              + causeOf(failed).getClass().getName()
              + hintAt(causeOf(failed).getClass().getSimpleName()));
    } catch (StackOverflowError deep) { // on the way to Jackson
      throw new NotStorableException("It is nested too deep to be written by Jackson.");
    }
  }

  private static String hintAt(String exception) {
    return Map.of(
            "InvalidDefinitionException",
            ". A class has no properties, or needs a module, as jackson-datatype-jsr310 for"
                + " java.time.")
        .getOrDefault(exception, ".");
  }

  @Override
  public @Nullable Object decode(byte[] payload) throws DamagedEntryException {
    try {
      return resultClass.check(jackson.read(payload));
    } catch (InvocationTargetException damaged) {
      throw new DamagedEntryException(
          Reason.VALUE, "Jackson cannot read it: " + Names.of(causeOf(damaged)));
    }
  }

  /** What Jackson threw; memory that runs out is not the entry's fault, and goes on. */
  private static Throwable causeOf(InvocationTargetException failed) {
    Throwable cause = failed.getCause();
    if (cause instanceof VirtualMachineError error && !(cause instanceof StackOverflowError)) {
      throw error;
    }
    return cause == null ? failed : cause;
  }
}
