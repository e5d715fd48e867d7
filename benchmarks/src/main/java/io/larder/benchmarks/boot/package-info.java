/**
 * A small Spring Boot web application with three annotated classes, for the start-up measurement.
 */
@NullMarked
package io.larder.benchmarks.boot;

import org.jspecify.annotations.NullMarked;
