/** One class per question, each with Larder's method and what it is compared with. */
@NullMarked
package io.larder.benchmarks.questions;

import org.jspecify.annotations.NullMarked;
