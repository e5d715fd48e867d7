package io.larder.runtime.shared;

import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to load a key.
 *
 * @param goAhead whether this JVM is to load it
 * @param lease to be given with the result or closed; {@code null} if there is none to be had, as
 *     when Redis is away or the holder takes too long
 * @param landed what another JVM stored meanwhile; {@code null} if nothing
 */
public record Turn(boolean goAhead, @Nullable LoadLease lease, @Nullable SharedEntry landed) {

  static Turn of(LoadLease lease) {
    return new Turn(true, lease, /* landed= */ null);
  }

  static Turn withoutLease() {
    return new Turn(true, /* lease= */ null, /* landed= */ null);
  }

  static Turn ofAnother() {
    return new Turn(false, /* lease= */ null, /* landed= */ null);
  }

  static Turn over(SharedEntry landed) {
    return new Turn(false, /* lease= */ null, landed);
  }
}
