/** Replays recorded requests against the shop, with and without Larder, and compares. */
@NullMarked
package io.larder.sample.replay;

import org.jspecify.annotations.NullMarked;
