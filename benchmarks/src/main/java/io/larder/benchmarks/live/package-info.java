/** What it costs to weave and unweave in a running JVM. */
@NullMarked
package io.larder.benchmarks.live;

import org.jspecify.annotations.NullMarked;
