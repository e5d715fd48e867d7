/**
 * What caches keep on disk, so that a restart does not hurt, even one after a kill: segments of
 * MapDB that are written once and dropped as a whole, judged by an index and a log of Larder's own.
 */
@NullMarked
package io.larder.runtime.disk;

import org.jspecify.annotations.NullMarked;
