/** Threads of Larder's own. */
@NullMarked
package io.larder.runtime.thread;

import org.jspecify.annotations.NullMarked;
