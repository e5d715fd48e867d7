/** Where Larder's own log goes: standard error, apart from any logging of the application. */
@NullMarked
package io.larder.runtime.logging;

import org.jspecify.annotations.NullMarked;
