package io.larder.runtime.coordinator;

import org.jspecify.annotations.Nullable;

/**
 * Knows whether a thread is inside a cache because an argument's {@code equals} or {@code hashCode}
 * runs. When such a method calls a cached method, that call runs uncached: else a {@code hashCode}
 * that calls the method it is hashed for would never end, and Caffeine would be entered twice.
 */
public final class ReentryGuard {

  /** Holds a class of the JDK only, so that a pooled thread keeps nothing of ours alive. */
  private static final ThreadLocal<boolean[]> INSIDE =
      ThreadLocal.withInitial(() -> new boolean[1]);

  private ReentryGuard() {}

  /**
   * Enters, unless the thread is inside already.
   *
   * @return {@code null} if it is; else what {@link #exit} takes
   */
  public static boolean @Nullable [] enter() {
    boolean[] inside = INSIDE.get();
    if (inside[0]) {
      return null;
    }
    inside[0] = true;
    return inside;
  }

  /**
   * Leaves. Calls nothing, so that it works at the end of the stack too.
   *
   * @param entered what {@link #enter} returned
   */
  public static void exit(boolean @Nullable [] entered) {
    if (entered != null) {
      entered[0] = false;
    }
  }
}
