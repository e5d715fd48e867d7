/** The runtime as the agent sees it: wires the parts, and nothing else does. */
@NullMarked
package io.larder.runtime;

import org.jspecify.annotations.NullMarked;
