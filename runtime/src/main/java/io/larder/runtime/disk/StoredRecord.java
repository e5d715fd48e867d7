package io.larder.runtime.disk;

import io.larder.runtime.codec.EnvelopeHeader;

/**
 * What one record of a segment holds. The bytes have a checksum of their own; that of the rest is
 * the {@link #check}.
 *
 * <pre>
 *  0 kind 4, mark of the cache 8, mark of the group 8, clock 8, check 4
 * 32 an entry's envelope; or a part of one; or how many bytes one has and the records of its parts
 * </pre>
 */
final class StoredRecord {

  /** Larger ones MapDB would link, and follow links that may be damaged. */
  static final int MAX_BYTES = 60_000;

  /** Before the bytes. */
  static final int PREFIX = 32;

  /** An entry. */
  static final int WHOLE = 0x4C647201;

  /** An entry whose envelope is in other records. */
  static final int SPLIT = 0x4C647202;

  /** Some of an envelope. */
  static final int PART = 0x4C647203;

  final int kind;
  final long cacheMark;
  final long groupMark;

  /** The number of the last invalidation before its load began. */
  final long clock;

  final byte[] bytes;

  StoredRecord(int kind, long cacheMark, long groupMark, long clock, byte[] bytes) {
    this.kind = kind;
    this.cacheMark = cacheMark;
    this.groupMark = groupMark;
    this.clock = clock;
    this.bytes = bytes;
  }

  /** The same as of a later time. */
  StoredRecord withClock(long later) {
    return new StoredRecord(kind, cacheMark, groupMark, later, bytes);
  }

  /** The mark of the entry, as its envelope names it; not to be trusted before that is judged. */
  long entryMark() {
    return Marks.entry(cacheMark, EnvelopeHeader.identityIn(bytes));
  }

  /** In bytes. */
  int size() {
    return PREFIX + bytes.length;
  }

  int check() {
    return (int) Marks.mix(kind ^ cacheMark, groupMark, clock);
  }
}
