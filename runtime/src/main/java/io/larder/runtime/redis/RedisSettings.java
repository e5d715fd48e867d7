package io.larder.runtime.redis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * All that decides how Larder talks to Redis.
 *
 * @param uri which servers
 * @param credentials asked with each new connection
 * @param sentinelCredentials those for the sentinels themselves, which have a password of their own
 * @param tls used if the URI asks for TLS
 * @param deadline the longest that a thread of the application waits for an exchange
 * @param connectTimeout the longest wait for one step on the way to a connection, in the background
 * @param connections at most so many to one server
 * @param maxReplyBytes a longer reply ends the connection
 */
public record RedisSettings(
    RedisUri uri,
    CredentialsSource credentials,
    @Nullable CredentialsSource sentinelCredentials,
    TlsSettings tls,
    Duration deadline,
    Duration connectTimeout,
    int connections,
    int maxReplyBytes) {

  /** What {@code CLIENT LIST} shows. */
  static final String CLIENT_NAME = "larder";

  /** Checks the numbers. */
  public RedisSettings {
    if (deadline.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException("redis.deadline must be at least 1ms: " + deadline);
    }
    if (connectTimeout.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException(
          "redis.connectTimeout must be at least 1ms: " + connectTimeout);
    }
    if (connections < 1 || connections > 1_000) {
      throw new IllegalArgumentException(
          "redis.connections must be from 1 to 1000: " + connections);
    }
  }

  /** The defaults, for the servers of a URI. */
  public static RedisSettings of(RedisUri uri) {
    return new RedisSettings(
        uri,
        CredentialsSource.of(uri.credentials()),
        /* sentinelCredentials= */ null,
        TlsSettings.OF_JVM,
        /* deadline= */ Duration.ofMillis(50),
        /* connectTimeout= */ Duration.ofMillis(250),
        /* connections= */ 8,
        /* maxReplyBytes= */ 64 << 20);
  }

  /** With other credentials than those of the URI. */
  public RedisSettings withCredentials(CredentialsSource source) {
    return new RedisSettings(
        uri,
        source,
        sentinelCredentials,
        tls,
        deadline,
        connectTimeout,
        connections,
        maxReplyBytes);
  }

  /** With credentials for the sentinels. */
  public RedisSettings withSentinelCredentials(CredentialsSource source) {
    return new RedisSettings(
        uri, credentials, source, tls, deadline, connectTimeout, connections, maxReplyBytes);
  }

  /** With other stores of certificates than the JVM's. */
  public RedisSettings withTls(TlsSettings stores) {
    return new RedisSettings(
        uri,
        credentials,
        sentinelCredentials,
        stores,
        deadline,
        connectTimeout,
        connections,
        maxReplyBytes);
  }

  /** With another longest wait. */
  public RedisSettings withDeadline(Duration longest) {
    return new RedisSettings(
        uri,
        credentials,
        sentinelCredentials,
        tls,
        longest,
        connectTimeout,
        connections,
        maxReplyBytes);
  }

  /** With another longest wait for a step on the way to a connection. */
  public RedisSettings withConnectTimeout(Duration longest) {
    return new RedisSettings(
        uri, credentials, sentinelCredentials, tls, deadline, longest, connections, maxReplyBytes);
  }

  /** With another number of connections to one server. */
  public RedisSettings withConnections(int atMost) {
    return new RedisSettings(
        uri,
        credentials,
        sentinelCredentials,
        tls,
        deadline,
        connectTimeout,
        atMost,
        maxReplyBytes);
  }
}
