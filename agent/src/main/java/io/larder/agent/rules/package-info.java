/** What the configuration says of classes and methods, as the weaver asks it. */
@NullMarked
package io.larder.agent.rules;

import org.jspecify.annotations.NullMarked;
