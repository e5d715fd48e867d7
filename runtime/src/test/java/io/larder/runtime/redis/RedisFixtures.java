package io.larder.runtime.redis;

import static org.awaitility.Awaitility.await;

import io.larder.runtime.model.Health;
import io.larder.runtime.time.Clock;
import java.time.Duration;

/** Backends that are connected. */
public final class RedisFixtures {

  /** The time of the JVM. */
  public static final Clock SYSTEM =
      new Clock() {
        @Override
        public long coarseNanos() {
          return System.nanoTime();
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };

  /** A deadline that a busy machine keeps, for tests that are about something else. */
  public static final Duration PATIENT = Duration.ofSeconds(2);

  private RedisFixtures() {}

  /** A backend with the defaults, but for a deadline that a busy machine keeps. */
  public static RedisBackend connected(RedisServer server, NodesListener listener) {
    return connected(
        RedisSettings.of(RedisUri.parse(server.uri())).withDeadline(PATIENT), listener);
  }

  /** A backend that is up. */
  public static RedisBackend connected(RedisSettings settings, NodesListener listener) {
    RedisBackend backend = RedisBackend.open(settings, SYSTEM, listener);
    awaitHealth(backend, Health.UP, Duration.ofSeconds(10));
    return backend;
  }

  /** Waits until a backend has a health. */
  public static void awaitHealth(RedisBackend backend, Health health, Duration atMost) {
    await("health " + health)
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> backend.state().health() == health);
  }
}
