package io.larder.runtime.redis;

/**
 * What Redis answered to one command instead of a result.
 *
 * @param code the first word, as in {@code WRONGTYPE}
 * @param message all of it; may name a key, so it is not for logs
 */
public record RedisError(String code, String message) {}
