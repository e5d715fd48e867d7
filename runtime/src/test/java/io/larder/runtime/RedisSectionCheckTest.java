package io.larder.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.policy.RedisOptions;
import io.larder.runtime.policy.RedisSetting;
import io.larder.runtime.redis.TlsCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisSectionCheckTest {

  @TempDir private static Path directory;
  private static TlsCertificate stores;

  @BeforeAll
  static void makeStores() throws Exception {
    stores = TlsCertificate.make(directory.resolve("stores"), "-1H", "ip:127.0.0.1");
  }

  private static RedisOptions with(RedisSetting setting, Object value) {
    return RedisOptions.NONE.with(setting, value.toString());
  }

  private static Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  @Test
  void objections_allThatCanBeSaid_areNone() throws IOException {
    Path password = file("store-password", TlsCertificate.PASSWORD + "\n");
    RedisOptions options =
        with(RedisSetting.URI, "rediss://:secret@redis.acme.com:6380/2")
            .with(RedisSetting.PASSWORD_FILE, file("password", "secret").toString())
            .with(RedisSetting.SECRET_FILE, file("secret", "0123456789abcdef").toString())
            .with(RedisSetting.TRUST_STORE, stores.trustStore().toString())
            .with(RedisSetting.TRUST_STORE_PASSWORD_FILE, password.toString())
            .with(RedisSetting.KEY_STORE, stores.keyStore().toString())
            .with(RedisSetting.KEY_STORE_PASSWORD_FILE, password.toString());

    assertThat(RedisSectionCheck.objections(options)).isEmpty();
    assertThat(RedisSectionCheck.objections(RedisOptions.NONE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis.acme.com | it has no scheme; known are redis://",
        "http://redis.acme.com | unknown scheme \"http\"; known are redis://",
        "redis:// | the host is missing",
        "redis://host:70000 | the port must be a number from 1 to 65535: \"70000\"",
        "redis://host/two | the database must be a number from 0: \"two\"",
        "redis-sentinel://host | the name of the master is missing: add \"?master=<name>\"",
        "redis-cluster://host/1 | a cluster has database 0 only; leave \"/1\" out",
      })
  void objections_uri_saysWhatIsWrongWithIt(String uri, String words) {
    assertThat(RedisSectionCheck.objections(with(RedisSetting.URI, uri)).get(RedisSetting.URI))
        .startsWith("redis.uri \"" + uri + "\": " + words);
  }

  @Test
  void objections_uriWithPassword_neverShowsIt() {
    assertThat(RedisSectionCheck.objections(with(RedisSetting.URI, "redis://u:secret@host:x")))
        .containsExactly(
            Map.entry(
                RedisSetting.URI,
                "redis.uri \"redis://***@host:x\": the port must be a number from 1 to 65535:"
                    + " \"x\""));
  }

  @Test
  void objections_filesThatAreNotThere_areNamed() {
    Path absent = directory.resolve("absent");
    RedisOptions options =
        with(RedisSetting.PASSWORD_FILE, absent)
            .with(RedisSetting.SECRET_FILE, directory.toString())
            .with(RedisSetting.TRUST_STORE, "relative/trust.p12");
    String rule = ": it must be a file that the application can read";

    assertThat(RedisSectionCheck.objections(options))
        .containsEntry(
            RedisSetting.PASSWORD_FILE, "passwordFile \"" + absent + "\" does not exist" + rule)
        .containsEntry(
            RedisSetting.SECRET_FILE, "secretFile \"" + directory + "\" is no file" + rule)
        .containsEntry(
            RedisSetting.TRUST_STORE,
            "trustStore \"relative/trust.p12\" does not exist (here that is "
                + Path.of("relative/trust.p12").toAbsolutePath()
                + ")"
                + rule)
        .hasSize(3);
  }

  @Test
  void objections_contentsOfFiles_areCheckedAndNeverShown() throws IOException {
    Path empty = file("empty", "\n");
    Path shortSecret = file("short", "hush");
    RedisOptions options =
        with(RedisSetting.PASSWORD_FILE, empty)
            .with(RedisSetting.SECRET_FILE, shortSecret.toString());

    assertThat(RedisSectionCheck.objections(options))
        .containsExactly(
            Map.entry(
                RedisSetting.PASSWORD_FILE,
                "passwordFile \"" + empty + "\" has an empty first line: write it there"),
            Map.entry(
                RedisSetting.SECRET_FILE,
                "secretFile \"" + shortSecret + "\": a secret must have at least 16 bytes, not 4"));
  }

  @Test
  void objections_stores_mustOpenAndHoldWhatTheyAreFor() throws IOException {
    Path wrong = file("wrong-password", "wrong");
    Path right = file("right-password", TlsCertificate.PASSWORD);
    RedisOptions options =
        with(RedisSetting.URI, "rediss://host")
            .with(RedisSetting.TRUST_STORE, stores.trustStore().toString())
            .with(RedisSetting.TRUST_STORE_PASSWORD_FILE, wrong.toString())
            .with(RedisSetting.KEY_STORE, stores.trustStore().toString())
            .with(RedisSetting.KEY_STORE_PASSWORD_FILE, right.toString());

    assertThat(RedisSectionCheck.objections(options))
        .containsExactly(
            Map.entry(
                RedisSetting.TRUST_STORE,
                "trustStore \""
                    + stores.trustStore()
                    + "\" is no key store in PKCS12 or JKS, or trustStorePasswordFile has another"
                    + " password"),
            Map.entry(
                RedisSetting.KEY_STORE,
                "keyStore \""
                    + stores.trustStore()
                    + "\" has no private key with its certificate"));
  }

  @Test
  void objections_settingsWithoutEffect_areNamed() throws IOException {
    Path password = file("some-password", TlsCertificate.PASSWORD);
    RedisOptions options =
        with(RedisSetting.URI, "redis://host")
            .with(RedisSetting.TRUST_STORE, stores.trustStore().toString())
            .with(RedisSetting.TRUST_STORE_PASSWORD_FILE, password.toString())
            .with(RedisSetting.KEY_STORE_PASSWORD_FILE, password.toString());

    assertThat(RedisSectionCheck.objections(options))
        .containsExactly(
            Map.entry(
                RedisSetting.TRUST_STORE,
                "trustStore is of use with TLS only, and uri has none: write rediss:// there, or"
                    + " leave trustStore out"),
            Map.entry(
                RedisSetting.KEY_STORE_PASSWORD_FILE,
                "keyStorePasswordFile is of no use without keyStore"));
  }
}
