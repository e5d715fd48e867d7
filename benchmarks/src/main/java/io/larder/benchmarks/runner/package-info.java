/** The command: starts a JVM per question and launch, collects what they print, writes the page. */
@NullMarked
package io.larder.benchmarks.runner;

import org.jspecify.annotations.NullMarked;
