package io.larder.runtime.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Health;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row 15: what certificates say and do not say. */
class TlsTest {

  private static final byte[] KEY = "key".getBytes(UTF_8);
  @TempDir private static Path directory;
  private static TlsCertificate good;

  @BeforeAll
  static void makeCertificate() throws Exception {
    good = TlsCertificate.make(directory.resolve("good"), "-1H", "ip:127.0.0.1,dns:localhost");
  }

  private static RedisSettings settings(RedisServer server, TlsSettings tls) {
    return RedisSettings.of(RedisUri.parse("rediss://127.0.0.1:" + server.port()))
        .withTls(tls)
        .withDeadline(RedisFixtures.PATIENT)
        .withConnectTimeout(RedisFixtures.PATIENT);
  }

  private static TlsSettings trusting(TlsCertificate certificate) {
    return new TlsSettings(
        certificate.trustStore(), TlsCertificate.PASSWORD, /* keyStore= */ null, null);
  }

  private static void assertDown(RedisSettings settings, String code, String words) {
    try (RedisBackend redis =
        RedisBackend.open(settings, RedisFixtures.SYSTEM, fingerprint -> {})) {
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> !redis.state().code().equals("NOT_CONNECTED"));
      assertThat(redis.state().health()).isEqualTo(Health.DOWN);
      assertThat(redis.state().code()).isEqualTo(code);
      assertThat(redis.state().reason()).contains(words);
    }
  }

  @Test
  void exchange_trustedCertificate_isEncryptedAndKeepsTheDeadline() {
    try (RedisServer server = good.startServer("no");
        RedisBackend redis =
            RedisFixtures.connected(settings(server, trusting(good)), fingerprint -> {})) {
      redis.exchange(KEY, List.of(RedisCommand.of("SET", KEY, "x")));

      List<@Nullable Object> replies = redis.exchange(KEY, List.of(RedisCommand.of("GET", KEY)));

      assertThat((byte[]) replies.get(0)).asString().isEqualTo("x");
    }
  }

  @Test
  void exchange_ownCertificateAskedFor_isShown(LoggedLines lines) {
    TlsSettings withKey =
        new TlsSettings(
            good.trustStore(), TlsCertificate.PASSWORD, good.keyStore(), TlsCertificate.PASSWORD);
    try (RedisServer server = good.startServer("yes")) {
      RedisFixtures.connected(settings(server, withKey), fingerprint -> {}).close();

      assertDown(settings(server, trusting(good)), "TLS", "tls-auth-clients");
    }
    assertThat(lines.takeWarnings()).hasSize(1);
  }

  @Test
  void row15_expiredCertificate_saysSo(LoggedLines lines) throws Exception {
    TlsCertificate certificate =
        TlsCertificate.make(directory.resolve("expired"), "-3d", "ip:127.0.0.1");
    try (RedisServer server = certificate.startServer("no")) {
      assertDown(
          settings(server, trusting(certificate)), "TLS", "has a TLS certificate that has expired");
    }
    assertThat(lines.takeWarnings()).hasSize(1);
  }

  @Test
  void row15_certificateForAnotherHost_saysSo(LoggedLines lines) throws Exception {
    TlsCertificate certificate =
        TlsCertificate.make(directory.resolve("elsewhere"), "-1H", "dns:elsewhere");
    try (RedisServer server = certificate.startServer("no")) {
      assertDown(
          settings(server, trusting(certificate)),
          "TLS",
          "has a TLS certificate for another host name");
    }
    assertThat(lines.takeWarnings()).hasSize(1);
  }

  @Test
  void row15_untrustedCertificate_saysSo(LoggedLines lines) {
    try (RedisServer server = good.startServer("no")) {
      assertDown(
          settings(server, TlsSettings.OF_JVM),
          "TLS",
          "has a TLS certificate that nobody trusted has signed; set redis.trustStore");
    }
    assertThat(lines.takeWarnings()).hasSize(1);
  }

  @Test
  void row15_serverWithoutTls_saysSo(LoggedLines lines) {
    try (RedisServer server = RedisServer.start()) {
      assertDown(
          settings(server, TlsSettings.OF_JVM),
          "TLS",
          "does not answer in TLS (is that the port for it?)");
    }
    assertThat(lines.takeWarnings()).hasSize(1);
  }

  @Test
  void open_trustStoreMissing_namesTheFile(LoggedLines lines) {
    try (RedisServer server = RedisServer.start()) {
      assertDown(
          settings(server, new TlsSettings(Path.of("/nowhere.p12"), "x", null, null)),
          "TLS",
          "cannot be connected to: redis.trustStore \"/nowhere.p12\" cannot be read; is the"
              + " file there, and the password right?");
    }
    assertThat(lines.takeWarnings()).hasSize(1);
  }
}
