/** Clocks: one coarse and cheap for the hit path, one exact for measuring loads. */
@NullMarked
package io.larder.runtime.time;

import org.jspecify.annotations.NullMarked;
