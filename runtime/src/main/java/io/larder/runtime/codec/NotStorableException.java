package io.larder.runtime.codec;

/**
 * A key, a value or a type that has no bytes which mean the same in every JVM. The message says why
 * and what to do, for people; it names types, never values.
 */
public final class NotStorableException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Says why.
   *
   * @param message names the type and the rule
   */
  public NotStorableException(String message) {
    super(message, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
  }
}
