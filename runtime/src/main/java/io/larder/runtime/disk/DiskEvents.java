package io.larder.runtime.disk;

/** Hears what happens to segments, on the thread that writes. */
interface DiskEvents {

  /** A segment takes no more entries. */
  void filled(Segment segment);

  /** A segment is not read any more by those who begin to. */
  void dropped(Segment segment);

  /** Whether all should come to an end. */
  boolean isEnding();

  /** An entry was kept when its segment was dropped. */
  void kept();

  /** Something is not what was stored. */
  void damaged();
}
