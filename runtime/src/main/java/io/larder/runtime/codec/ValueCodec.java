package io.larder.runtime.codec;

import org.jspecify.annotations.Nullable;

/** Results of one method as bytes, and back. Thread-safe; goes with the class loader it knows. */
public interface ValueCodec {

  /** What stands for the codec in stored entries. */
  byte id();

  /** Stands for the shapes of all classes that a result may hold; another shape, another number. */
  long fingerprint();

  /**
   * The bytes of a result.
   *
   * @throws NotStorableException if it holds what may not be stored
   */
  byte[] encode(@Nullable Object value) throws NotStorableException;

  /**
   * The result that was encoded; no class outside of the codec's list is loaded or initialized.
   *
   * @param payload untrusted
   * @throws DamagedEntryException if it cannot be read
   */
  @Nullable Object decode(byte[] payload) throws DamagedEntryException;
}
