/** Stands in for MapDB's serialization of objects, and refuses it. */
@NullMarked
package org.mapdb.carried.elsa;

import org.jspecify.annotations.NullMarked;
