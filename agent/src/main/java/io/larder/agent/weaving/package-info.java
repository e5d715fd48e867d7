/** Finds annotated methods in class files and weaves the cache into them. */
@NullMarked
package io.larder.agent.weaving;

import org.jspecify.annotations.NullMarked;
