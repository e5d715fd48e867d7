/** Caches: what happens at a miss, who loads, who waits, what is forgotten. */
@NullMarked
package io.larder.runtime.coordinator;

import org.jspecify.annotations.NullMarked;
