package io.larder.runtime.codec;

import io.larder.runtime.codec.DamagedEntryException.Reason;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.fory.exception.InsecureException;
import org.jspecify.annotations.Nullable;

/**
 * Apache Fory, for which only the classes of a method's result exist: small and quick, takes what
 * is not made to be serialized. Holds the application's classes, and goes with the method it is
 * for.
 */
final class ForyCodec implements ValueCodec {

  static final byte ID = 4;

  /** Fory has no other way to tell which class it refused. */
  private static final Pattern REFUSED =
      Pattern.compile("(?:class|interface) (\\S+) is not registered");

  private final ForyPool pool;
  private final ResultClass resultClass;
  private final long fingerprint;

  ForyCodec(ClassGraph graph, ClassLoader loader) throws NotStorableException {
    this.resultClass = ResultClass.of(graph.root());
    this.fingerprint = ClassShapes.fingerprint("fory 1", graph);
    this.pool = new ForyPool(graph, loader);
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
    try (ForyPool.Lease lease = pool.borrow()) {
      return lease.fory().serialize(value);
    } catch (RuntimeException | LinkageError | StackOverflowError refused) {
      throw notStorable(refused);
    }
  }

  @Override
  public @Nullable Object decode(byte[] payload) throws DamagedEntryException {
    ForyPool.Lease lease = pool.borrow();
    try {
      Object value = lease.fory().deserialize(payload);
      lease.close(); // else not to be used again: who knows what the bytes left in it
      return resultClass.check(value);
    } catch (RuntimeException | LinkageError | StackOverflowError damaged) {
      throw new DamagedEntryException(Reason.VALUE, "cannot be read: " + Names.of(damaged));
    }
  }

  /** With the class that was refused, if that is why. */
  private static NotStorableException notStorable(Throwable refused) {
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      if (cause instanceof NotAllowedException notAllowed) {
        return new NotStorableException(Names.notAllowed(notAllowed.className()));
      }
      if (cause instanceof InsecureException && cause.getMessage() != null) {
        Matcher matcher = REFUSED.matcher(cause.getMessage());
        if (matcher.find()) {
          return new NotStorableException(Names.notAllowed(matcher.group(1)));
        }
      }
    }
    Throwable first = refused.getCause() == null ? refused : refused.getCause();
    return new NotStorableException(
        "It cannot be stored, maybe as it is nested more than "
            + ForyPool.MAX_DEPTH
            + " deep or holds itself: "
            + first.getClass().getName());
  }
}
