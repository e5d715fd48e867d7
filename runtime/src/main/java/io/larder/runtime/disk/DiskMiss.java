package io.larder.runtime.disk;

/** Why a look at the disk found nothing that counts. */
public enum DiskMiss {
  /** Nothing is stored. */
  ABSENT,
  /** Its time to live passed. */
  EXPIRED,
  /** It, one of its tags or its cache was invalidated after its load began. */
  INVALIDATED,
  /** Of other classes. */
  FOREIGN,
  /** The bytes are not what was stored. */
  DAMAGED,
  /** Not asked for: being opened, down, or switched off. */
  AWAY,
  /** The disk did not answer in time, or too many wait for it. */
  SLOW
}
