/** Makes up the shop's database, the same one each time. */
@NullMarked
package io.larder.sample.data;

import org.jspecify.annotations.NullMarked;
