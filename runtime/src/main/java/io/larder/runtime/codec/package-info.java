/** Keys, values and entries as bytes that mean the same in every JVM. */
@NullMarked
package io.larder.runtime.codec;

import org.jspecify.annotations.NullMarked;
