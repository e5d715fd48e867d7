package io.larder.runtime.codec;

/** On its way through a library: a class that may not be stored. */
final class NotAllowedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String className;

  NotAllowedException(String className) {
    super(className, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
    this.className = className;
  }

  String className() {
    return className;
  }
}
