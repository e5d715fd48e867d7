package io.larder.runtime.management;

import io.larder.runtime.logging.Log;
import io.larder.runtime.redis.RedisBackend;
import io.larder.runtime.redis.RedisFigures;
import io.larder.runtime.redis.RedisState;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import javax.management.openmbean.SimpleType;
import org.slf4j.Logger;

/** The MBean of what several caches share: the connections to Redis. */
final class BackendMBean {

  private static final Logger logger = Log.logger(BackendMBean.class);

  private final RedisBackend backend;
  private final String address;

  private BackendMBean(RedisBackend backend, String address) {
    this.backend = backend;
    this.address = address;
  }

  /**
   * The MBean of a backend.
   *
   * @param address of its servers, without credentials
   */
  static TableMBean<BackendSnapshot> of(RedisBackend backend, String address, boolean writable) {
    BackendMBean bean = new BackendMBean(backend, address);
    return new TableMBean<>(
        "The connections of Larder to Redis",
        () -> new BackendSnapshot(backend.state(), backend.figures()),
        bean.attributes(),
        bean.operations(),
        writable);
  }

  private List<AttributeDefinition<BackendSnapshot>> attributes() {
    return List.of(
        text("Address", "Host and port of the servers", state -> address),
        text(
            "Health",
            "UP; DEGRADED: some of it works, see LastError; DOWN: caches go on without; OFF: switched"
                + " off",
            state -> state.health().name()),
        text(
            "HealthSince",
            "Since when it is so, in ISO-8601",
            state -> Instant.ofEpochMilli(state.sinceMillis()).toString()),
        text(
            "LastError",
            "What is wrong now, without keys or credentials; empty for nothing",
            RedisState::reason),
        text(
            "HealthCode",
            "The same in a word, such as READONLY, as the page on Redis has it; empty for nothing",
            RedisState::code),
        AttributeDefinition.setting(
            "Enabled",
            SimpleType.BOOLEAN,
            "true",
            "Whether Redis is asked. Takes effect at once; what is invalidated while it is off is"
                + " passed on when it is on again",
            snapshot -> !snapshot.state().health().name().equals("OFF"),
            value -> setEnabled((Boolean) value)),
        number("PoolActive", "Connections in use", RedisFigures::active),
        number("PoolIdle", "Connections not in use", RedisFigures::idle),
        number("PoolMaximum", "Connections that there may be", RedisFigures::maximum),
        number("PoolWaiters", "Threads that wait for a connection", RedisFigures::waiting),
        micros("ReadP50Micros", "Median of reads of the last minute", RedisFigures::readP50Nanos),
        micros(
            "ReadP99Micros",
            "99th percentile of reads of the last minute",
            RedisFigures::readP99Nanos),
        micros(
            "WriteP50Micros", "Median of writes of the last minute", RedisFigures::writeP50Nanos),
        micros(
            "WriteP99Micros",
            "99th percentile of writes of the last minute",
            RedisFigures::writeP99Nanos),
        counter("ConnectCount", "1", "Connections made", RedisFigures::connects),
        counter("BytesRead", "By", "Bytes of replies, about", RedisFigures::bytesRead),
        counter("BytesWritten", "By", "Bytes of commands, about", RedisFigures::bytesWritten),
        counter(
            "RejectedCount",
            "1",
            "Exchanges not begun: the circuit breaker was open, or no connection free",
            RedisFigures::rejected),
        counter(
            "DeadlineMissCount",
            "1",
            "Exchanges not answered within the deadline",
            RedisFigures::deadlineMisses),
        counter(
            "ConnectionLostCount",
            "1",
            "Exchanges whose connection broke",
            RedisFigures::connectionsLost),
        counter(
            "ErrorReplyCount",
            "1",
            "Commands that Redis answered with an error",
            RedisFigures::errorReplies),
        counter(
            "BreakerOpeningCount",
            "1",
            "How often the circuit breaker opened",
            RedisFigures::breakerOpenings));
  }

  private List<OperationDefinition> operations() {
    return List.of(
        new OperationDefinition(
            "check",
            "Asks Redis something now, and says what came back",
            List.of(),
            /* changes= */ false,
            arguments -> backend.check()));
  }

  private void setEnabled(boolean enabled) {
    backend.setEnabled(enabled);
    logger.info("Redis was switched {} through JMX.", enabled ? "on" : "off");
  }

  private static AttributeDefinition<BackendSnapshot> text(
      String name, String description, Function<RedisState, String> getter) {
    return AttributeDefinition.gauge(
        name, SimpleType.STRING, "", description, snapshot -> getter.apply(snapshot.state()));
  }

  private static AttributeDefinition<BackendSnapshot> number(
      String name, String description, Function<RedisFigures, Integer> getter) {
    return AttributeDefinition.gauge(
        name, SimpleType.INTEGER, "1", description, snapshot -> getter.apply(snapshot.figures()));
  }

  private static AttributeDefinition<BackendSnapshot> counter(
      String name, String unit, String description, Function<RedisFigures, Long> getter) {
    return AttributeDefinition.counter(
        name, SimpleType.LONG, unit, description, snapshot -> getter.apply(snapshot.figures()));
  }

  private static AttributeDefinition<BackendSnapshot> micros(
      String name, String description, Function<RedisFigures, Long> getter) {
    return AttributeDefinition.gauge(
        name,
        SimpleType.DOUBLE,
        "us",
        description,
        snapshot -> getter.apply(snapshot.figures()) / 1e3);
  }
}
