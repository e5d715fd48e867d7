/** Stands in for {@code java.util.logging} in MapDB: it logs nothing. */
@NullMarked
package org.mapdb.carried.logging;

import org.jspecify.annotations.NullMarked;
