/**
 * The paired, interleaved measurement: contestants alternate in one JVM, and ratios are taken round
 * by round.
 */
@NullMarked
package io.larder.benchmarks.paired;

import org.jspecify.annotations.NullMarked;
