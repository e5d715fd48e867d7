package io.larder.runtime.shared;

import io.larder.runtime.codec.TierKey;

/**
 * The right to be the one JVM that loads a key now. Held until {@link #close}, or until Redis lost
 * it; renewed in the background meanwhile, for as long as a load may take that is shared. Closed by
 * whoever got it, from any thread.
 */
public final class LoadLease implements AutoCloseable {

  private final LoadLeases leases;
  private final TierKey key;
  private final byte[] token;
  private final byte[] message;
  private final long stamp;
  private final long sinceNanos;

  LoadLease(
      LoadLeases leases, TierKey key, byte[] token, byte[] message, long stamp, long sinceNanos) {
    this.leases = leases;
    this.key = key;
    this.token = token;
    this.message = message;
    this.stamp = stamp;
    this.sinceNanos = sinceNanos;
  }

  TierKey key() {
    return key;
  }

  /** For the load, which begins no earlier than the lease. */
  long stamp() {
    return stamp;
  }

  /** When it was taken. */
  long sinceNanos() {
    return sinceNanos;
  }

  /** What tells it from the lease of any other load: it fences off one that lost it. */
  byte[] token() {
    return token;
  }

  /** What the others are told when it ends. */
  byte[] message() {
    return message;
  }

  /** Notes that Redis took it back together with the result. */
  void ended() {
    leases.ended(this);
  }

  /** Gives it back, if it is still held; the next one goes ahead at once. */
  @Override
  public void close() {
    leases.release(this);
  }
}
