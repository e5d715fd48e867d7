package io.larder.runtime.shared;

import io.larder.runtime.codec.KeyHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What one JVM tells all. Written as the number in decimal digits, which Redis puts in front, a
 * blank, and
 *
 * <pre>
 * magic 2, format version 1, kind 1, sender 8, epoch 8, key hash 16
 * length of the cache's name 4, length of the tag 4, both as UTF-8
 * </pre>
 *
 * @param kind what it is about
 * @param number of the clock; 0 if it has none, as nothing is lost with it
 * @param sender a random number of the JVM
 * @param epoch in which it was sent
 * @param cache the name; may be empty
 * @param tag the name; may be empty
 * @param key zero if there is none
 */
record BusMessage(
    Kind kind, long number, long sender, long epoch, String cache, String tag, KeyHash key) {

  private static final short MAGIC = (short) 0x8C42;
  private static final byte VERSION = 1;
  private static final int FIXED = 44;
  private static final int MOST_DIGITS = 16;
  private static final KeyHash NO_KEY = new KeyHash(0, 0);

  /** What a message is about. */
  enum Kind {
    /** The channel lives. */
    HEARTBEAT(1),
    /** A key was invalidated, or another result stored on purpose. */
    KEY(2),
    /** A tag was invalidated. */
    TAG(3),
    /** A cache was cleared. */
    CACHE(4),
    /** Who had leased a key has stored the result, or given up. */
    LANDED(5);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    static @Nullable Kind of(byte code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      return null;
    }
  }

  static BusMessage heartbeat(long sender, long epoch) {
    return new BusMessage(Kind.HEARTBEAT, 0, sender, epoch, "", "", NO_KEY);
  }

  static BusMessage landed(long sender, long epoch, String cache, KeyHash key) {
    return new BusMessage(Kind.LANDED, 0, sender, epoch, cache, "", key);
  }

  static BusMessage forgotten(long sender, long epoch, Forgotten what) {
    Kind kind =
        switch (what.kind()) {
          case KEY -> Kind.KEY;
          case TAG -> Kind.TAG;
          case CACHE -> Kind.CACHE;
          case ALL -> throw new IllegalArgumentException("a new epoch says it");
        };
    KeyHash key = what.key();
    return new BusMessage(
        kind, 0, sender, epoch, what.cache(), what.tag(), key == null ? NO_KEY : key);
  }

  /** What it says was invalidated, if it says so. */
  Forgotten forgotten() {
    return switch (kind) {
      case KEY -> Forgotten.key(cache, key);
      case TAG -> Forgotten.tag(cache, tag);
      case CACHE -> Forgotten.cache(cache);
      case HEARTBEAT, LANDED -> throw new IllegalStateException("nothing was invalidated");
    };
  }

  /** What follows the number and the blank. */
  byte[] body() {
    byte[] cacheBytes = cache.getBytes(StandardCharsets.UTF_8);
    byte[] tagBytes = tag.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(FIXED + cacheBytes.length + tagBytes.length)
        .putShort(MAGIC)
        .put(VERSION)
        .put(kind.code)
        .putLong(sender)
        .putLong(epoch)
        .putLong(key.high())
        .putLong(key.low())
        .putInt(cacheBytes.length)
        .putInt(tagBytes.length)
        .put(cacheBytes)
        .put(tagBytes)
        .array();
  }

  /** The whole message, for one that has no number. */
  byte[] unnumbered() {
    byte[] body = body();
    return ByteBuffer.allocate(2 + body.length).put((byte) '0').put((byte) ' ').put(body).array();
  }

  /**
   * Reads a message.
   *
   * @param bytes untrusted
   * @return {@code null} if it is none of ours
   */
  static @Nullable BusMessage decode(byte[] bytes) {
    long number = 0;
    int at = 0;
    while (at < bytes.length && at < MOST_DIGITS && bytes[at] >= '0' && bytes[at] <= '9') {
      number = number * 10 + (bytes[at++] - '0');
    }
    if (at == 0 || at >= bytes.length || bytes[at] != ' ' || bytes.length - at - 1 < FIXED) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, at + 1, bytes.length - at - 1);
    if (in.getShort() != MAGIC || in.get() != VERSION) {
      return null;
    }
    Kind kind = Kind.of(in.get());
    long sender = in.getLong();
    long epoch = in.getLong();
    KeyHash key = new KeyHash(in.getLong(), in.getLong());
    int cacheLength = in.getInt();
    int tagLength = in.getInt();
    if (kind == null
        || cacheLength < 0
        || tagLength < 0
        || in.remaining() != (long) cacheLength + tagLength) {
      return null;
    }
    String cache = new String(bytes, in.position(), cacheLength, StandardCharsets.UTF_8);
    String tag = new String(bytes, in.position() + cacheLength, tagLength, StandardCharsets.UTF_8);
    return new BusMessage(kind, number, sender, epoch, cache, tag, key);
  }

  /** Never shows names that may hold arguments. */
  @Override
  public String toString() {
    return "BusMessage " + kind + " " + number;
  }
}
