package io.larder.runtime.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a method as canonical bytes: equal arguments give the same bytes in every JVM,
 * on every JDK and in every release, different ones never do. What has no such bytes is refused, by
 * its class; the cache then stays local.
 *
 * <p>Taken are {@code null}, primitives and their boxes, strings, {@code BigDecimal} (2.0 is not
 * 2.00, as its {@code equals} has it), {@code BigInteger}, {@code UUID}, {@code Date}, the values
 * of {@code java.time}, {@code Locale}, {@code Currency}, {@code URI}, enums by name, arrays by
 * content, {@code Optional}, records, and lists, sets and maps of all these. Thread-safe.
 */
public final class KeyCodec {

  /** Stands in front of all; another one would mean other bytes for the same arguments. */
  private static final int FORMAT = 1;

  private final int parameters;

  private KeyCodec(int parameters) {
    this.parameters = parameters;
  }

  /**
   * The codec for arguments of these types.
   *
   * @param parameterTypes of what makes up the key, as declared
   * @throws NotStorableException if no argument of one of them could be encoded; where the type
   *     leaves it open, each call decides
   */
  public static KeyCodec of(List<? extends Class<?>> parameterTypes) throws NotStorableException {
    for (int i = 0; i < parameterTypes.size(); i++) {
      String objection = DeclaredKeyTypes.objection(parameterTypes.get(i));
      if (objection != null) {
        throw new NotStorableException("Part " + (i + 1) + " of the key: " + objection);
      }
    }
    return new KeyCodec(parameterTypes.size());
  }

  /**
   * What stands for arguments wherever they make a key, whichever method it belongs to: what an
   * invalidation names that knows nothing of the methods. Integers of all widths count alike, as
   * {@code invalidate("prices", 7)} means the result for {@code 7L}, too; so a group may hold more
   * than one key.
   *
   * @throws NotStorableException as {@link #encode}; then no entry has such a key
   */
  public static KeyHash group(@Nullable Object... arguments) throws NotStorableException {
    @Nullable Object[] wide = new Object[arguments.length];
    for (int i = 0; i < wide.length; i++) {
      Object argument = arguments[i];
      wide[i] = isNarrow(argument) ? (Object) ((Number) argument).longValue() : argument;
    }
    return new KeyCodec(wide.length).hash(wide);
  }

  /**
   * As {@link #group(Object...)}, for who has the hash of their canonical bytes: mostly it is that.
   *
   * @param encoded of the arguments, as {@link #encode} has them
   */
  public static KeyHash group(KeyHash encoded, @Nullable Object[] arguments)
      throws NotStorableException {
    for (Object argument : arguments) {
      if (isNarrow(argument)) {
        return group(arguments);
      }
    }
    return encoded;
  }

  private static boolean isNarrow(@Nullable Object argument) {
    return argument instanceof Integer || argument instanceof Short || argument instanceof Byte;
  }

  /**
   * The canonical bytes of arguments.
   *
   * @param arguments as many as types were given
   * @throws NotStorableException if an argument, or what it holds, cannot be encoded, or all are
   *     more than a MiB or nested too deep
   * @throws IllegalArgumentException if there are more or fewer of them
   */
  public byte[] encode(@Nullable Object... arguments) throws NotStorableException {
    KeyBytes out = new KeyBytes();
    write(arguments, out);
    return out.toByteArray();
  }

  /**
   * What stands for the canonical bytes of arguments.
   *
   * @throws NotStorableException as {@link #encode}
   * @throws IllegalArgumentException as well
   */
  public KeyHash hash(@Nullable Object... arguments) throws NotStorableException {
    KeyDigest digest = KeyDigest.borrow();
    write(arguments, digest.bytes());
    KeyHash hash = digest.ofBytes();
    digest.giveBack();
    return hash;
  }

  private void write(@Nullable Object[] arguments, KeyBytes out) throws NotStorableException {
    if (arguments.length != parameters) {
      throw new IllegalArgumentException(
          "the key has " + parameters + " parts, not " + arguments.length);
    }
    out.writeByte(FORMAT);
    try {
      for (Object argument : arguments) {
        KeyEncodings.write(argument, out);
      }
    } catch (RuntimeException failed) { // as when another thread changes a list meanwhile
      throw new NotStorableException(
          "An argument could not be read: " + failed.getClass().getName() + ".");
    }
  }
}
