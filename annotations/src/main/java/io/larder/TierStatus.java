package io.larder;

import java.time.Instant;
import java.util.Map;

/**
 * How a tier was at one moment. Immutable.
 *
 * @since 0.1
 */
public final class TierStatus {

  /** How far a tier works. */
  public enum Health {
    /** All of it works. */
    UP,
    /** Some of it works; {@link TierStatus#reason()} says what does not. */
    DEGRADED,
    /** It cannot be asked: calls go on without it. */
    DOWN,
    /** Switched off. */
    OFF
  }

  private final Health health;
  private final String reason;
  private final Instant since;

  TierStatus(Map<String, Object> values) {
    this.health = Health.valueOf((String) values.get("health"));
    this.reason = (String) values.get("reason");
    this.since = Instant.ofEpochMilli((Long) values.get("sinceMillis"));
  }

  /** How far it works. */
  public Health health() {
    return health;
  }

  /** What is wrong, in words, without keys or credentials; empty for nothing. */
  public String reason() {
    return reason;
  }

  /** Since when it is so, by this machine's clock. */
  public Instant since() {
    return since;
  }

  @Override
  public String toString() {
    return health + " since " + since + (reason.isEmpty() ? "" : ": " + reason);
  }
}
