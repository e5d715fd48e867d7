package io.larder.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Health;
import io.larder.runtime.policy.RedisOptions;
import io.larder.runtime.policy.RedisSetting;
import io.larder.runtime.redis.RedisBackend;
import io.larder.runtime.redis.RedisFixtures;
import io.larder.runtime.redis.RedisServer;
import io.larder.runtime.redis.RedisSettings;
import io.larder.runtime.redis.TlsCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings as they are written, down to a server that asks for a certificate. */
class RedisConfigurationTest {

  @TempDir private Path directory;

  private static RedisBackend open(RedisOptions options) {
    RedisSettings settings =
        RedisConfiguration.settings(options)
            .withDeadline(Duration.ofSeconds(5))
            .withConnectTimeout(Duration.ofSeconds(5));
    return RedisBackend.open(settings, RedisFixtures.SYSTEM, fingerprint -> {});
  }

  @Test
  void settings_keyStore_isShownToAServerThatAsksForIt(LoggedLines lines) throws Exception {
    TlsCertificate certificate =
        TlsCertificate.make(directory.resolve("stores"), "-1H", "ip:127.0.0.1");
    String password =
        Files.writeString(directory.resolve("password"), TlsCertificate.PASSWORD + "\n").toString();
    try (RedisServer server = certificate.startServer("yes")) {
      RedisOptions trusting =
          RedisOptions.NONE
              .with(RedisSetting.URI, "rediss://127.0.0.1:" + server.port())
              .with(RedisSetting.TRUST_STORE, certificate.trustStore().toString())
              .with(RedisSetting.TRUST_STORE_PASSWORD_FILE, password);
      RedisOptions withKey =
          trusting
              .with(RedisSetting.KEY_STORE, certificate.keyStore().toString())
              .with(RedisSetting.KEY_STORE_PASSWORD_FILE, password);

      try (RedisBackend redis = open(withKey)) {
        await().until(() -> redis.state().health() == Health.UP);
      }
      assertThat(lines.takeWarnings()).isEmpty();
      try (RedisBackend redis = open(trusting)) {
        await().until(() -> redis.state().code().equals("TLS"));
        assertThat(redis.state().reason()).contains("redis.keyStore");
      }
    }
    assertThat(lines.takeWarnings()).hasSize(1);
  }
}
