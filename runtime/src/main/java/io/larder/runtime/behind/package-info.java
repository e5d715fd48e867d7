/** Writing to a slow tier on a thread of Larder's own, so that no caller waits for it. */
@NullMarked
package io.larder.runtime.behind;

import org.jspecify.annotations.NullMarked;
