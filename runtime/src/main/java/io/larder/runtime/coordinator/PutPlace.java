package io.larder.runtime.coordinator;

import org.jspecify.annotations.Nullable;

/**
 * Where the result of a method that puts belongs: under a key of a cached method.
 *
 * @param call the cached method
 * @param key as a call of it would have it
 * @param type what it returns
 * @param tags of the result; {@code null} for none
 */
public record PutPlace(CachedCall call, Object key, ResultType type, @Nullable TagSource tags) {}
