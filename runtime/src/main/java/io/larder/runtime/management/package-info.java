/** What an operator sees and turns through JMX. */
@NullMarked
package io.larder.runtime.management;

import org.jspecify.annotations.NullMarked;
