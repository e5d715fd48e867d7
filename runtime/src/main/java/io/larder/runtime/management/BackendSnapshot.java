package io.larder.runtime.management;

import io.larder.runtime.redis.RedisFigures;
import io.larder.runtime.redis.RedisState;

/**
 * What a backend is doing, read at one moment.
 *
 * @param state how it is
 * @param figures what it counted
 */
record BackendSnapshot(RedisState state, RedisFigures figures) {}
