/** Links woven methods to their caches. */
@NullMarked
package io.larder.runtime.callsite;

import org.jspecify.annotations.NullMarked;
