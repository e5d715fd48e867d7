package io.larder.runtime.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.larder.runtime.codec.KeyHash;
import java.util.List;

/**
 * What stands for caches, keys and tags in files and tables: 64 bits each, never 0. Two that share
 * a mark are invalidated together, which costs a load; that a value goes with its key is decided by
 * {@link KeyHash}, not by marks. The same in all releases that share a format.
 */
final class Marks {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long CACHE = 1;
  private static final long GROUP = 2;
  private static final long ENTRY = 3;
  private static final long TAG = 4;

  /** All there is. */
  static final long EVERYTHING = 5;

  /** Stands for all caches in the mark of a tag. */
  static final long ALL_CACHES = 0;

  private Marks() {}

  static long cache(String name) {
    return mix(CACHE, hash(name), 0);
  }

  /** All that is stored for some arguments. */
  static long group(long cacheMark, KeyHash group) {
    return mix(GROUP + cacheMark, group.high(), group.low());
  }

  /** One entry. */
  static long entry(long cacheMark, KeyHash identity) {
    return mix(ENTRY + cacheMark, identity.high(), identity.low());
  }

  /**
   * A tag.
   *
   * @param cacheMark of the cache in which it counts, or {@link #ALL_CACHES}
   */
  static long tag(long cacheMark, String tag) {
    return mix(TAG + cacheMark, hash(tag), 0);
  }

  /** Those of tags, each in its cache and in all caches. */
  static long[] ofTags(long cacheMark, List<String> tags) {
    long[] marks = new long[2 * tags.size()];
    for (int i = 0; i < tags.size(); i++) {
      marks[2 * i] = tag(cacheMark, tags.get(i));
      marks[2 * i + 1] = tag(ALL_CACHES, tags.get(i));
    }
    return marks;
  }

  /** As UTF-8, which entries have it in: not each text comes back from that as it was. */
  private static long hash(String text) {
    long hash = 0;
    for (byte each : text.getBytes(UTF_8)) {
      hash = Long.rotateLeft(hash ^ (each & 0xFF), 23) * GOLDEN;
    }
    return hash;
  }

  /** Stafford's variant 13 of the finalizer of MurmurHash3, over three numbers. */
  static long mix(long one, long two, long three) {
    long mixed = finish(finish(finish(one * GOLDEN) + two) + three);
    return mixed == 0 ? GOLDEN : mixed;
  }

  private static long finish(long number) {
    long mixed = number;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
