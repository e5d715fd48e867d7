package io.larder.runtime.management;

import io.larder.runtime.behind.WriteBehindStatistics;
import io.larder.runtime.model.BackendState;
import io.larder.runtime.model.Latencies;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import javax.management.openmbean.SimpleType;

/** Attributes that MBeans of what is behind memory have in common, whatever that is. */
final class TierAttributes {

  private TierAttributes() {}

  /**
   * How it is.
   *
   * @param meanings of the values of {@code Health}
   * @param lastError what is wrong now
   */
  static List<AttributeDefinition<BackendState>> state(String meanings, String lastError) {
    return List.of(
        AttributeDefinition.text("Health", meanings, state -> state.health().name()),
        AttributeDefinition.text(
            "HealthSince",
            "Since when it is so, in ISO-8601",
            state -> Instant.ofEpochMilli(state.sinceMillis()).toString()),
        AttributeDefinition.text("LastError", lastError, BackendState::reason));
  }

  /** How long it takes. */
  static List<AttributeDefinition<Latencies>> latencies() {
    return List.of(
        micros("ReadP50Micros", "Median of reads", Latencies::readP50Nanos),
        micros("ReadP99Micros", "99th percentile of reads", Latencies::readP99Nanos),
        micros("WriteP50Micros", "Median of writes", Latencies::writeP50Nanos),
        micros("WriteP99Micros", "99th percentile of writes", Latencies::writeP99Nanos));
  }

  private static AttributeDefinition<Latencies> micros(
      String name, String description, ToLongFunction<Latencies> nanos) {
    return AttributeDefinition.gauge(
        name,
        SimpleType.DOUBLE,
        "us",
        description + " of the last minute",
        latencies -> nanos.applyAsLong(latencies) / 1e3);
  }

  /** What waits to be written, and what became of it. */
  static List<AttributeDefinition<WriteBehindStatistics>> writeBehind() {
    return List.of(
        AttributeDefinition.gauge(
            "QueueLength",
            SimpleType.INTEGER,
            "1",
            "Results of all caches that wait to be written",
            WriteBehindStatistics::queued),
        AttributeDefinition.number(
            "OldestQueuedMillis",
            "ms",
            "How long the first of them has waited",
            behind -> behind.oldestQueuedNanos() / 1_000_000),
        AttributeDefinition.count(
            "DroppedCount",
            "Results of all caches that were not written, because too many or too large ones waited,"
                + " or the end came",
            WriteBehindStatistics::dropped),
        AttributeDefinition.count(
            "WrittenBehindCount",
            "Results of all caches that were written by Larder's thread",
            WriteBehindStatistics::written),
        AttributeDefinition.count(
            "CoalescedWriteCount",
            "Results of all caches that were not written, because a newer one of the same key came",
            WriteBehindStatistics::coalesced));
  }
}
