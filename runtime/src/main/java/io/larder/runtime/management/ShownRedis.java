package io.larder.runtime.management;

import static io.larder.runtime.management.AttributeDefinition.count;
import static io.larder.runtime.management.AttributeDefinition.text;

import io.larder.runtime.behind.WriteBehindStatistics;
import io.larder.runtime.model.BackendState;
import io.larder.runtime.model.Health;
import io.larder.runtime.redis.RedisBackend;
import io.larder.runtime.redis.RedisFigures;
import io.larder.runtime.redis.RedisState;
import io.larder.runtime.shared.MissReason;
import io.larder.runtime.shared.SharedStatus;
import io.larder.runtime.shared.SharedTierStatistics;
import io.larder.runtime.shared.SharedTiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import javax.management.openmbean.SimpleType;

/**
 * Redis, as it is shown.
 *
 * @param address of its servers, without credentials
 */
record ShownRedis(RedisBackend backend, SharedTiers tiers, String address) implements ShownBackend {

  /** The connections that all caches use, read at one moment. */
  private record Reading(RedisState state, RedisFigures figures) {}

  /** What a cache shares, read at one moment. */
  private record OfCache(
      RedisState redis,
      SharedStatus status,
      SharedTierStatistics figures,
      WriteBehindStatistics behind)
      implements TierReading {

    @Override
    public BackendState state() {
      boolean doubtful = redis.health() == Health.UP && !status.coherent();
      return new ShownState(
          doubtful ? Health.DEGRADED : redis.health(), reason(), redis.sinceMillis());
    }

    private String reason() {
      if (!redis.reason().isEmpty()) {
        return redis.reason();
      }
      return status.coherent()
          ? Objects.requireNonNullElse(figures.lastProblem(), "")
          : status.reason();
    }
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public String title() {
    return "Redis";
  }

  @Override
  public String place() {
    return "in Redis";
  }

  @Override
  public BackendState state() {
    return backend.state();
  }

  @Override
  public void setEnabled(boolean enabled) {
    backend.setEnabled(enabled);
  }

  @Override
  public String check() {
    return backend.check();
  }

  @Override
  public Shown<?> own() {
    List<AttributeDefinition<Reading>> all = new ArrayList<>();
    all.add(text("Address", "Host and port of the servers", reading -> address));
    all.add(
        text(
            "HealthCode",
            "LastError in a word, such as READONLY, as the page on Redis has it; empty for nothing",
            reading -> reading.state.code()));
    all.add(connections("PoolActive", "Connections in use", RedisFigures::active));
    all.add(connections("PoolIdle", "Connections not in use", RedisFigures::idle));
    all.add(connections("PoolMaximum", "Connections that there may be", RedisFigures::maximum));
    all.add(
        connections("PoolWaiters", "Threads that wait for a connection", RedisFigures::waiting));
    TierAttributes.latencies().forEach(each -> all.add(each.of(Reading::figures)));
    all.add(counter("ConnectCount", "1", "Connections made", RedisFigures::connects));
    all.add(counter("BytesRead", "By", "Bytes of replies, about", RedisFigures::bytesRead));
    all.add(counter("BytesWritten", "By", "Bytes of commands, about", RedisFigures::bytesWritten));
    all.add(
        counter(
            "RejectedCount",
            "1",
            "Exchanges not begun: the circuit breaker was open, or no connection free",
            RedisFigures::rejected));
    all.add(
        counter(
            "DeadlineMissCount",
            "1",
            "Exchanges not answered within the deadline",
            RedisFigures::deadlineMisses));
    all.add(
        counter(
            "ConnectionLostCount",
            "1",
            "Exchanges whose connection broke",
            RedisFigures::connectionsLost));
    all.add(
        counter(
            "ErrorReplyCount",
            "1",
            "Commands that Redis answered with an error",
            RedisFigures::errorReplies));
    all.add(
        counter(
            "BreakerOpeningCount",
            "1",
            "How often the circuit breaker opened",
            RedisFigures::breakerOpenings));
    return new Shown<>(() -> new Reading(backend.state(), backend.figures()), all);
  }

  private static AttributeDefinition<Reading> connections(
      String name, String description, ToIntFunction<RedisFigures> getter) {
    return AttributeDefinition.gauge(
        name, SimpleType.INTEGER, "1", description, reading -> getter.applyAsInt(reading.figures));
  }

  private static AttributeDefinition<Reading> counter(
      String name, String unit, String description, ToLongFunction<RedisFigures> getter) {
    return AttributeDefinition.counter(
        name, SimpleType.LONG, unit, description, reading -> getter.applyAsLong(reading.figures));
  }

  @Override
  public List<MissReason> missReasons() {
    return List.of(MissReason.values());
  }

  @Override
  public Shown<? extends TierReading> tierOf(String cache) {
    return new Shown<>(
        () ->
            new OfCache(
                backend.state(),
                tiers.status(),
                tiers.tier(cache).sharedStatistics(),
                tiers.writeBehind()),
        List.of(
            count(
                "AwaitedLoadCount",
                "Results that another JVM computed while this one waited, as loadOnce has it",
                reading -> reading.figures.awaitedLoads()),
            AttributeDefinition.<OfCache>gauge(
                "PendingInvalidations",
                SimpleType.INTEGER,
                "1",
                "Invalidations of all caches that Redis does not know yet",
                reading -> reading.status.pendingInvalidations()),
            count(
                "DoubtCount",
                "How often other JVMs could not be heard",
                reading -> reading.status.doubts())));
  }
}
