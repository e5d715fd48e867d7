/**
 * What several JVMs agree on over one Redis: entries, their epoch, the clock of invalidations,
 * tags, the bus between them, leases. {@code docs/shared-protocol.md} says why it holds.
 */
@NullMarked
package io.larder.runtime.shared;

import org.jspecify.annotations.NullMarked;
