/** The command line: {@code java -jar larder-agent.jar}. Runs in a JVM of its own. */
@NullMarked
package io.larder.agent.cli;

import org.jspecify.annotations.NullMarked;
