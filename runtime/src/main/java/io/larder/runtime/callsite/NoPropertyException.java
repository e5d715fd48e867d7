package io.larder.runtime.callsite;

/** An object has no such property. The message says which it has, and holds no value. */
final class NoPropertyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoPropertyException(IllegalArgumentException cause) {
    super(cause.getMessage(), cause);
  }
}
