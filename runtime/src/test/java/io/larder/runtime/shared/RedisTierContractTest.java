package io.larder.runtime.shared;

import static io.larder.runtime.shared.SharedNode.awaitCoherent;

import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.model.Tier;
import io.larder.runtime.model.TierContract;
import io.larder.runtime.redis.RedisBackend;
import io.larder.runtime.redis.RedisFixtures;
import io.larder.runtime.redis.RedisServer;
import io.larder.runtime.redis.RedisSettings;
import io.larder.runtime.redis.RedisUri;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Redis does what every tier does. */
class RedisTierContractTest extends TierContract {

  private static final AtomicInteger NAMESPACES = new AtomicInteger();
  private static RedisServer server;
  private RedisBackend backend;
  private SharedStore shared;

  @BeforeAll
  static void startServer() {
    server = RedisServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void connect() {
    NodesRelay relay = new NodesRelay();
    // A deadline that a busy machine keeps: what is late would be a miss.
    RedisSettings settings =
        RedisSettings.of(RedisUri.parse(server.uri()))
            .withDeadline(Duration.ofSeconds(5))
            .withConnections(20);
    backend = RedisFixtures.connected(settings, relay);
    shared =
        new SharedStore(
            backend,
            backend::subscribe,
            () -> backend.state().health(),
            SharedSettings.of("test" + NAMESPACES.incrementAndGet()),
            EnvelopeFormat.plain(),
            clock,
            new SilentListener());
    relay.to(shared);
    shared.start();
    awaitCoherent(shared);
  }

  @AfterEach
  void disconnect() {
    shared.close();
    backend.close();
  }

  @Override
  protected boolean mayRefuse() {
    return true;
  }

  @Override
  protected Tier create() {
    return shared.tier(SharedNode.CACHE);
  }

  @Override
  protected Object key(String text) {
    return SharedNode.key(text);
  }
}
