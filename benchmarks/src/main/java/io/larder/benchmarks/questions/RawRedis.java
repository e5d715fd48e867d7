package io.larder.benchmarks.questions;

import java.net.URI;
import redis.clients.jedis.RedisClient;

/** The Redis of this launch, without Larder. */
final class RawRedis {

  private RawRedis() {}

  /** Where it is, as Larder was told. */
  static String uri() {
    return System.getProperty("larder.redis.uri", "");
  }

  /** A pooled client with its default settings; its pool holds eight connections. */
  static RedisClient connect() {
    URI uri = URI.create(uri());
    return RedisClient.create(uri.getHost(), uri.getPort());
  }
}
