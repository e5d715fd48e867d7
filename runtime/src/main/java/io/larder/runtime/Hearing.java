package io.larder.runtime;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.shared.CoherenceListener;
import io.larder.runtime.time.Clock;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * Whether what is on disk is in step with other JVMs. What they invalidate is invalidated on disk,
 * too, before memory forgets it, as it could come back from there. When something of it may have
 * been missed, a new session begins: what is on disk of the one before is not served any more. Only
 * as a fallback, and only for as long as an operator allows, it is served while others cannot be
 * heard. Thread-safe.
 */
final class Hearing implements CoherenceListener {

  /** Nothing on disk may be served. */
  static final long NONE = 0;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final DiskTiers disk;
  private final long fallbackNanos;
  private final Clock clock;
  private final CoherenceListener next;
  private volatile Session session = new Session(NONE, /* hears= */ false, /* deafSince= */ 0);

  /**
   * Since all was heard for the first time.
   *
   * @param hears whether it still is
   * @param deafSince when it ended, on the runtime's clock
   */
  private record Session(long id, boolean hears, long deafSince) {}

  /**
   * Nothing is heard yet.
   *
   * @param fallback how long a session may be served after it ended
   * @param next is told the same afterwards
   */
  Hearing(DiskTiers disk, Duration fallback, Clock clock, CoherenceListener next) {
    this.disk = disk;
    this.fallbackNanos = fallback.toNanos();
    this.clock = clock;
    this.next = next;
  }

  /**
   * Of which session an entry has to be to be served now; {@link #NONE} if none may be.
   *
   * @param away whether others can not be asked either
   */
  long session(boolean away) {
    Session now = session;
    boolean serves = now.hears || (away && clock.nanos() - now.deafSince < fallbackNanos);
    return serves ? now.id : NONE;
  }

  @Override
  public void forgetKey(String cache, KeyHash key) {
    disk.forget(cache, key);
    next.forgetKey(cache, key);
  }

  @Override
  public void forgetTag(String cache, String tag) {
    disk.forgetTag(cache, tag);
    next.forgetTag(cache, tag);
  }

  @Override
  public void forgetCache(String cache) {
    disk.forgetAll(cache);
    next.forgetCache(cache);
  }

  @Override
  public void doubtful() {
    Session before = session;
    if (before.hears) {
      session = new Session(before.id, /* hears= */ false, clock.nanos());
    }
    next.doubtful();
  }

  @Override
  public void coherent() {
    long id = RANDOM.nextLong() | 1; // not NONE
    session = new Session(id, /* hears= */ true, /* deafSince= */ 0);
    next.coherent();
  }
}
