/** What is stored and where: keys, entries, and the interface that every tier implements. */
@NullMarked
package io.larder.runtime.model;

import org.jspecify.annotations.NullMarked;
