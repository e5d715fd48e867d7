package io.larder.runtime.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which servers are meant, and who Larder is to them. Its text leaves the password out.
 *
 * @param kind how the servers form one Redis
 * @param tls whether connections are encrypted; the host name is verified then
 * @param endpoints of the server, of the sentinels, or of some nodes of the cluster
 * @param credentials from the URI; others may come in their place
 * @param database from 0; a cluster has one only
 * @param master what the sentinels call it; {@code null} but for {@link Kind#SENTINEL}
 */
public record RedisUri(
    Kind kind,
    boolean tls,
    List<Endpoint> endpoints,
    RedisCredentials credentials,
    int database,
    @Nullable String master) {

  /** How servers form one Redis. */
  public enum Kind {
    /** One server. */
    STANDALONE,
    /** One master, found by asking sentinels. */
    SENTINEL,
    /** Several masters that share the keys. */
    CLUSTER
  }

  /** Copies the list. */
  public RedisUri {
    endpoints = List.copyOf(endpoints);
  }

  /**
   * Reads {@code redis://}, {@code redis-sentinel://} or {@code redis-cluster://}, each also with
   * {@code rediss} for TLS.
   *
   * @throws IllegalArgumentException if it is none; the message leaves the password out
   */
  public static RedisUri parse(String text) {
    return new RedisUriParser(text).parse();
  }

  @Override
  public String toString() {
    String scheme = tls ? "rediss" : "redis";
    StringBuilder text = new StringBuilder(scheme);
    if (kind != Kind.STANDALONE) {
      text.append(kind == Kind.SENTINEL ? "-sentinel" : "-cluster");
    }
    text.append("://");
    for (int i = 0; i < endpoints.size(); i++) {
      text.append(i == 0 ? "" : ",").append(endpoints.get(i));
    }
    if (database != 0) {
      text.append('/').append(database);
    }
    return master == null ? text.toString() : text.append("?master=").append(master).toString();
  }
}
