package io.larder.runtime.shared;

import static io.larder.runtime.shared.SharedNode.awaitCoherent;

import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.model.Tier;
import io.larder.runtime.model.TierContract;
import io.larder.runtime.redis.RedisBackend;
import io.larder.runtime.redis.RedisFixtures;
import io.larder.runtime.redis.RedisServer;
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
    backend = RedisFixtures.connected(server, relay);
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
  protected Tier create() {
    return shared.tier(SharedNode.CACHE);
  }

  @Override
  protected Object key(String text) {
    return SharedNode.key(text);
  }
}
