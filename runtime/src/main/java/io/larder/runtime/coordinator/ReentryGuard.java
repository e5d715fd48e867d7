package io.larder.runtime.coordinator;

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
   * @return whether it was outside; then {@link #exit} must follow
   */
  public static boolean enter() {
    boolean[] inside = INSIDE.get();
    if (inside[0]) {
      return false;
    }
    inside[0] = true;
    return true;
  }

  /** Leaves. */
  public static void exit() {
    INSIDE.get()[0] = false;
  }
}
