/** A small web shop: its product pages come from an embedded database over HTTP. */
@NullMarked
package io.larder.sample;

import org.jspecify.annotations.NullMarked;
