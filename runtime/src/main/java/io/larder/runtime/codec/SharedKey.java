package io.larder.runtime.codec;

import org.jspecify.annotations.Nullable;

/**
 * A key by which other JVMs know a call: whole, or with its codec still being made. Either tells
 * what others invalidate.
 */
public sealed interface SharedKey permits TierKey, PendingKey {

  /** Stands for the arguments alone; see {@link TierKey#group}. */
  KeyHash group();

  /** Tells it from others of its group. */
  KeyHash identity();

  /** The key as slower tiers take it; {@code null} as long as its codec is being made. */
  @Nullable TierKey whole();

  /**
   * As {@link #whole}, after waiting for the codec.
   *
   * @param nanos how long at most
   */
  @Nullable TierKey awaitWhole(long nanos);
}
