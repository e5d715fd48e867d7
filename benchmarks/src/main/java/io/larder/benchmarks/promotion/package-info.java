/** Which entries found in Redis are worth a place in memory: rules beside each other on traces. */
@NullMarked
package io.larder.benchmarks.promotion;

import org.jspecify.annotations.NullMarked;
