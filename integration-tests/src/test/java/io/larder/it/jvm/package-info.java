/** Starts real JVMs with the packed agent and reads what they print. */
@NullMarked
package io.larder.it.jvm;

import org.jspecify.annotations.NullMarked;
