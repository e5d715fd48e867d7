package io.larder.runtime.codec;

/** Why a stored entry does not count by what it says of itself. */
public enum Objection {
  /** Of another codec, or of other classes. */
  FOREIGN,
  /** Its time to live passed. */
  EXPIRED
}
