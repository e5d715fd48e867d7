/** The agent proper: settings, installation, and the transformer that the JVM calls. */
@NullMarked
package io.larder.agent;

import org.jspecify.annotations.NullMarked;
