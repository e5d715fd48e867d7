package io.larder.runtime.shared;

/** Something speaks against having heard all; the message says what, for an operator. */
final class DoubtException extends Exception {

  private static final long serialVersionUID = 1L;

  DoubtException(String reason) {
    super(reason, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
  }
}
