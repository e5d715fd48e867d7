/** Holds the documentation to what the code does. */
@NullMarked
package io.larder.it.docs;

import org.jspecify.annotations.NullMarked;
