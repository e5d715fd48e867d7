/** Stands in for what MapDB uses of LZ4: a hash. */
@NullMarked
package org.mapdb.carried.xxhash;

import org.jspecify.annotations.NullMarked;
