package io.larder.runtime.codec;

/** How the values of one class are written into a key. Thread-safe. */
@FunctionalInterface
interface KeyEncoding {

  /** Writes a tag that stands for the kind of value, then the value. */
  void write(Object value, KeyBytes out) throws NotStorableException;

  /** That of a class that has none: always the same objection. */
  record Refused(String objection) implements KeyEncoding {

    @Override
    public void write(Object value, KeyBytes out) throws NotStorableException {
      throw new NotStorableException(objection);
    }
  }
}
