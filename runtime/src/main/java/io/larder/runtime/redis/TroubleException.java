package io.larder.runtime.redis;

/** There is no usable connection to a server, and why. Has no stack trace. */
final class TroubleException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Trouble trouble;

  TroubleException(Trouble trouble) {
    super(trouble.words(), null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
    this.trouble = trouble;
  }

  Trouble trouble() {
    return trouble;
  }
}
