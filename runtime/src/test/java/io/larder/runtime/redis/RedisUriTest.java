package io.larder.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.runtime.redis.RedisUri.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUriTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis://localhost | localhost:6379 | 0",
        "redis://localhost:7000/3 | localhost:7000 | 3",
        "redis://localhost/ | localhost:6379 | 0",
        "REDIS://10.0.0.1:1 | 10.0.0.1:1 | 0",
        "redis://[::1]:7000 | [::1]:7000 | 0",
        "redis://[fe80::1] | [fe80::1]:6379 | 0",
      })
  void parse_standalone_readsHostPortAndDatabase(String text, String endpoint, int database) {
    RedisUri uri = RedisUri.parse(text);

    assertThat(uri.kind()).isEqualTo(Kind.STANDALONE);
    assertThat(uri.endpoints()).singleElement().hasToString(endpoint);
    assertThat(uri.database()).isEqualTo(database);
    assertThat(uri.tls()).isFalse();
    assertThat(uri.credentials()).isEqualTo(RedisCredentials.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "redis://app:secret@host | app | secret",
        "redis://:secret@host | none | secret",
        "redis://app@host | app | none",
        "redis://app:p%40ss%2Fw%25rd@host | app | p@ss/w%rd",
        "redis://app:a+b@host | app | a+b",
        "redis://app:a@b?c@host | app | a@b?c",
      })
  void parse_credentials_areReadAndDecoded(String text, String user, String password) {
    assertThat(RedisUri.parse(text).credentials()).isEqualTo(new RedisCredentials(user, password));
    assertThat(RedisUri.parse(text).endpoints()).containsExactly(new Endpoint("host", 6379));
  }

  @Test
  void parse_sentinel_readsSentinelsAndMaster() {
    RedisUri uri = RedisUri.parse("rediss-sentinel://u:p@a,b:26380,c/2?master=orders");

    assertThat(uri.kind()).isEqualTo(Kind.SENTINEL);
    assertThat(uri.tls()).isTrue();
    assertThat(uri.endpoints())
        .containsExactly(
            new Endpoint("a", 26379), new Endpoint("b", 26380), new Endpoint("c", 26379));
    assertThat(uri.database()).isEqualTo(2);
    assertThat(uri.master()).isEqualTo("orders");
    assertThat(uri).hasToString("rediss-sentinel://a:26379,b:26380,c:26379/2?master=orders");
  }

  @Test
  void parse_sentinelAsLettuceWritesIt_isUnderstood() {
    assertThat(RedisUri.parse("redis-sentinel://a?sentinelMasterId=orders").master())
        .isEqualTo("orders");
  }

  @Test
  void parse_cluster_readsNodes() {
    RedisUri uri = RedisUri.parse("redis-cluster://a:7000,b:7001");

    assertThat(uri.kind()).isEqualTo(Kind.CLUSTER);
    assertThat(uri.endpoints()).containsExactly(new Endpoint("a", 7000), new Endpoint("b", 7001));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis://u:secret@host:99999"
            + " | redis.uri \"redis://***@host:99999\": the port must be a number from 1 to 65535:"
            + " \"99999\"",
        "redis://u:secret@host/x"
            + " | redis.uri \"redis://***@host/x\": the database must be a number from 0: \"x\"",
        "redis://u:secret@" + " | redis.uri \"redis://***@\": the host is missing",
        "redis://u:%zz@host"
            + " | redis.uri \"redis://***@host\": a \"%\" is not followed by two hexadecimal"
            + " digits; itself it is written %25",
        "redis://a,b"
            + " | redis.uri \"redis://a,b\": redis:// takes one host; several are for"
            + " redis-sentinel:// or redis-cluster://",
        "redis-sentinel://a"
            + " | redis.uri \"redis-sentinel://a\": the name of the master is missing: add"
            + " \"?master=<name>\"",
        "redis://a?timeout=3"
            + " | redis.uri \"redis://a?timeout=3\": unknown option \"timeout\"; it takes none",
        "redis-cluster://a/1"
            + " | redis.uri \"redis-cluster://a/1\": a cluster has database 0 only; leave \"/1\""
            + " out",
        "redis://::1" + " | redis.uri \"redis://::1\": the host is missing",
        "http://a"
            + " | redis.uri \"http://a\": unknown scheme \"http\"; known are"
            + " redis://[user[:password]@]host[:port][/database],"
            + " redis-sentinel://host[:port],...[/database]?master=name or"
            + " redis-cluster://host[:port],..., with rediss for TLS",
      })
  void parse_wrong_namesTheRuleAndNoPassword(String text, String message) {
    assertThatThrownBy(() -> RedisUri.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis://u:secret@h", "redis-sentinel://u:secret@h?master=m"})
  void toString_credentials_areLeftOut(String text) {
    assertThat(RedisUri.parse(text).toString()).doesNotContain("secret").doesNotContain("u:");
    assertThat(RedisSettings.of(RedisUri.parse(text)).toString()).doesNotContain("secret");
  }
}
