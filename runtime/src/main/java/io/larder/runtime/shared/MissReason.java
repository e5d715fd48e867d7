package io.larder.runtime.shared;

/** Why a look at a shared tier found nothing that counts. */
public enum MissReason {
  /** Nothing is stored. */
  ABSENT,
  /** Its time to live passed. */
  EXPIRED,
  /** Stored before Redis restarted, failed over or was flushed. */
  EPOCH,
  /** Its key was invalidated after its load began. */
  INVALIDATED,
  /** One of its tags, or its cache, was invalidated after its load began. */
  TAG,
  /** The bytes are not what was stored. */
  DAMAGED,
  /** Of another program, or of other classes. */
  FOREIGN,
  /** This JVM invalidated it and could not tell Redis yet. */
  PENDING,
  /** Not asked for, as the method itself is faster. */
  SKIPPED,
  /** Not asked for, as Redis is known to be away, or is switched off. */
  AWAY,
  /** Redis was asked and did not answer, or has no connection free. */
  UNAVAILABLE
}
