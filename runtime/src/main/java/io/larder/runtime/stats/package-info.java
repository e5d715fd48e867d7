/** Counters and load times of a cache. */
@NullMarked
package io.larder.runtime.stats;

import org.jspecify.annotations.NullMarked;
