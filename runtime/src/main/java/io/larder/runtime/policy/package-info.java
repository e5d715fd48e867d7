/** What a cache is told: bounds, times, and how people write them. */
@NullMarked
package io.larder.runtime.policy;

import org.jspecify.annotations.NullMarked;
