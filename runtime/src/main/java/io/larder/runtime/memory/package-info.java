/** The memory tier. The only package that knows Caffeine. */
@NullMarked
package io.larder.runtime.memory;

import org.jspecify.annotations.NullMarked;
