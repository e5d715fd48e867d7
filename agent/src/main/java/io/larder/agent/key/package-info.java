/** Generates key classes. */
@NullMarked
package io.larder.agent.key;

import org.jspecify.annotations.NullMarked;
