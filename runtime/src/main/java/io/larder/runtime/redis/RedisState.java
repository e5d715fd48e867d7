package io.larder.runtime.redis;

import io.larder.runtime.model.BackendState;
import io.larder.runtime.model.Health;

/**
 * How Redis is at one moment.
 *
 * @param health {@code DEGRADED} while some of it works
 * @param code of the trouble, as in {@code READONLY}; empty if there is none
 * @param reason a sentence for an operator; empty if there is nothing to say
 * @param writable whether storing is worth a try
 * @param sinceMillis when it became so, as {@code System.currentTimeMillis}
 */
public record RedisState(
    Health health, String code, String reason, boolean writable, long sinceMillis)
    implements BackendState {}
