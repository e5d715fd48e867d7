/** Stands in for the little that MapDB uses of Guava. */
@NullMarked
package org.mapdb.carried.guava.collect;

import org.jspecify.annotations.NullMarked;
