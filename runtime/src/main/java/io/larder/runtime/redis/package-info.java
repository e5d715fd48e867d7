/**
 * The way to Redis: connections with a deadline, a circuit breaker, topologies. Knows bytes only.
 */
@NullMarked
package io.larder.runtime.redis;

import org.jspecify.annotations.NullMarked;
