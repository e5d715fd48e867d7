/** Stands in for the little that MapDB uses of Guava. */
@NullMarked
package org.mapdb.carried.guava.cache;

import org.jspecify.annotations.NullMarked;
