package io.larder.runtime.codec;

/** Stored bytes that are not, or not any more, what was stored. Such an entry is a miss. */
public final class DamagedEntryException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What is wrong with the bytes. */
  public enum Reason {
    /** Not written by Larder, or in another format version. */
    FORMAT,
    /** Cut, or longer than they say. */
    LENGTH,
    /** Changed after they were written. */
    CHECKSUM,
    /** Signed by somebody else, or not at all. */
    SIGNATURE,
    /** Of another key, or of other classes. */
    FOREIGN,
    /** The value cannot be read, or holds a class that is not allowed. */
    VALUE
  }

  private final Reason reason;

  /** Says what is wrong. */
  public DamagedEntryException(Reason reason, String message) {
    super(message, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
    this.reason = reason;
  }

  /** What is wrong with the bytes. */
  public Reason reason() {
    return reason;
  }
}
