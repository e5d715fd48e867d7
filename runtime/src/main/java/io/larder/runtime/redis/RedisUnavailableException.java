package io.larder.runtime.redis;

/**
 * There is no answer from Redis, and there will be none: the call goes on without. Has no stack
 * trace, as it is thrown for each call while Redis is away.
 */
public final class RedisUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why there is no answer. */
  public enum Reason {
    /** Not connected yet, or not any more. */
    NOT_CONNECTED,
    /** No answer before the deadline. */
    DEADLINE,
    /** The connection broke. */
    CONNECTION_LOST,
    /** The thread has waited for other answers, and is to wait for no more. */
    IMPATIENT,
    /** As many threads as may are inside already. */
    REJECTED,
    /** The circuit breaker is open. */
    BREAKER_OPEN,
    /** Redis refuses: LOADING, CLUSTERDOWN, NOAUTH and the like. */
    REFUSED,
    /** A cluster moved the key; the next call goes to the right node. */
    MOVED,
    /** Switched off. */
    OFF
  }

  private final Reason reason;

  /**
   * Says why.
   *
   * @param message for an operator, without keys, values and credentials
   */
  public RedisUnavailableException(Reason reason, String message) {
    super(message, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
    this.reason = reason;
  }

  /** Why there is no answer. */
  public Reason reason() {
    return reason;
  }
}
