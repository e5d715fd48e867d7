/** What a configuration file says: its format, its words, and what is wrong with it. */
@NullMarked
package io.larder.runtime.config;

import org.jspecify.annotations.NullMarked;
