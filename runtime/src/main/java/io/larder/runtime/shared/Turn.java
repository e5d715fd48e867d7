package io.larder.runtime.shared;

import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to load a key.
 *
 * @param goAhead whether this JVM is to load it
 * @param lease to be given with the result or closed; {@code null} if there is none to be had, as
 *     when Redis is away or the holder takes too long
 * @param landed what another JVM stored meanwhile; {@code null} if nothing
 * @param askedNanos how long Redis took to say so; without the wait for another JVM's load
 */
public record Turn(
    boolean goAhead, @Nullable LoadLease lease, @Nullable SharedEntry landed, long askedNanos) {

  Turn askedFor(long nanos) {
    return new Turn(goAhead, lease, landed, nanos);
  }

  static Turn of(LoadLease lease) {
    return new Turn(true, lease, /* landed= */ null, /* askedNanos= */ 0);
  }

  static Turn withoutLease() {
    return new Turn(true, /* lease= */ null, /* landed= */ null, /* askedNanos= */ 0);
  }

  static Turn ofAnother() {
    return new Turn(false, /* lease= */ null, /* landed= */ null, /* askedNanos= */ 0);
  }

  static Turn over(SharedEntry landed) {
    return new Turn(false, /* lease= */ null, landed, /* askedNanos= */ 0);
  }
}
