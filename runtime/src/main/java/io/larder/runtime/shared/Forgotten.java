package io.larder.runtime.shared;

import io.larder.runtime.codec.KeyHash;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was invalidated.
 *
 * @param kind how much of it
 * @param cache in which; empty for a tag of all caches, and for everything
 * @param tag which; empty if not one
 * @param key which; {@code null} if not one
 */
record Forgotten(Kind kind, String cache, String tag, @Nullable KeyHash key) {

  /** How much was invalidated. */
  enum Kind {
    KEY,
    TAG,
    CACHE,
    ALL
  }

  static Forgotten key(String cache, KeyHash key) {
    return new Forgotten(Kind.KEY, cache, /* tag= */ "", key);
  }

  static Forgotten tag(String cache, String tag) {
    return new Forgotten(Kind.TAG, cache, tag, /* key= */ null);
  }

  static Forgotten cache(String cache) {
    return new Forgotten(Kind.CACHE, cache, /* tag= */ "", /* key= */ null);
  }

  static Forgotten all() {
    return new Forgotten(Kind.ALL, /* cache= */ "", /* tag= */ "", /* key= */ null);
  }

  /** The tag that every entry of a cache has; no tag of an application begins so. */
  static String tagOfCache(String cache) {
    return "*" + cache;
  }

  /** The tag in Redis whose version stands for it. */
  String storedTag() {
    return kind == Kind.CACHE ? tagOfCache(cache) : "#" + tag;
  }

  /** All tags of an entry as stored: that of its cache, and its own. */
  static List<String> storedTags(String cache, List<String> tags) {
    List<String> stored = new ArrayList<>(tags.size() + 1);
    stored.add(tagOfCache(cache));
    for (String tag : tags) {
      stored.add(tag(cache, tag).storedTag());
    }
    return stored;
  }

  /** Never shows names that may hold arguments. */
  @Override
  public String toString() {
    return "Forgotten " + kind;
  }
}
