package io.larder.runtime.codec;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A key of a method whose codec is being made in the background. Holds what its arguments were when
 * the method was called, as they may change until the codec is there. Thread-safe.
 */
public final class PendingKey implements SharedKey {

  private final KeyHash group;
  private final KeyHash identity;
  private final CountDownLatch made;
  private final Supplier<@Nullable TierKey> whole;

  /**
   * A key that is whole later.
   *
   * @param group see {@link TierKey#group}
   * @param identity stands for the arguments, and the instance where it counts
   * @param made is open once it is known whether there is a codec
   * @param whole the key, once the codec is made; {@code null} before, and for ever if there is no
   *     codec for the method
   */
  public PendingKey(
      KeyHash group, KeyHash identity, CountDownLatch made, Supplier<@Nullable TierKey> whole) {
    this.group = group;
    this.identity = identity;
    this.made = made;
    this.whole = whole;
  }

  @Override
  public KeyHash group() {
    return group;
  }

  @Override
  public KeyHash identity() {
    return identity;
  }

  @Override
  public @Nullable TierKey whole() {
    return whole.get();
  }

  @Override
  public @Nullable TierKey awaitWhole(long nanos) {
    try {
      boolean unused = made.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return whole.get();
  }
}
