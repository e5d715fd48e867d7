package io.larder.runtime.model;

/**
 * A name that entries of one cache share, so that they can be invalidated together: in one step,
 * however many they are. Thread-safe.
 */
public final class Tag {

  private final String name;

  /** On the clock of the cache's invalidations; 0 for never. Never goes back. */
  private volatile long invalidatedAt;

  /** A tag that was never invalidated. */
  public Tag(String name) {
    this.name = name;
  }

  /** What it is called, as in {@code product:17}. */
  public String name() {
    return name;
  }

  /**
   * Outdates what was born before.
   *
   * @param stamp the number of the invalidation in its cache
   */
  public synchronized void invalidate(long stamp) {
    if (stamp > invalidatedAt) { // invalidations may overtake each other on their way here
      invalidatedAt = stamp;
    }
  }

  /** The number of the last invalidation; 0 for none. */
  public long invalidatedAt() {
    return invalidatedAt;
  }

  @Override
  public String toString() {
    return "Tag"; // its name may hold arguments
  }
}
