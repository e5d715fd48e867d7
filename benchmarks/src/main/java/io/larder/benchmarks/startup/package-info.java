/** What an agent costs before the application has done anything. */
@NullMarked
package io.larder.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
