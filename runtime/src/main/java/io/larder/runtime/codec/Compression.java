package io.larder.runtime.codec;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the payloads of entries are made smaller. What was stored with one is read whatever the
 * setting is now.
 */
public enum Compression {
  /** Not at all. */
  NONE(0),
  /** LZ4 in plain Java: quick, about a third larger than {@link #DEFLATE}. */
  LZ4(1),
  /** The JDK's deflater at its quickest level: small, about ten times slower. */
  DEFLATE(2);

  private final byte id;

  Compression(int id) {
    this.id = (byte) id;
  }

  /** What stands for it in stored entries. */
  byte id() {
    return id;
  }

  /**
   * The one of a name in a configuration.
   *
   * @throws IllegalArgumentException if there is none, says which there are
   */
  public static Compression named(String name) {
    for (Compression each : values()) {
      if (each.toString().equals(name)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "unknown compression \""
            + name
            + "\". Known: "
            + Stream.of(values()).map(Compression::toString).collect(Collectors.joining(", "))
            + ".");
  }

  /** Its name in a configuration. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Smaller bytes. */
  byte[] compress(byte[] bytes) {
    return switch (this) {
      case NONE -> bytes;
      case LZ4 -> Lz4.compress(bytes);
      case DEFLATE -> Deflate.compress(bytes);
    };
  }

  /**
   * The bytes again.
   *
   * @param id of how they were compressed, untrusted
   * @param size how many there were, within bounds that the caller checked
   * @throws DamagedEntryException if that is not what they become, or no way to compress
   */
  static byte[] decompress(byte id, byte[] compressed, int size) throws DamagedEntryException {
    return switch (id) {
      case 1 -> Lz4.decompress(compressed, size);
      case 2 -> Deflate.decompress(compressed, size);
      default ->
          throw new DamagedEntryException(
              DamagedEntryException.Reason.FORMAT, "unknown compression " + id);
    };
  }

  /** The most that one compressed byte may become; what claims more is not worth its memory. */
  static int maxRatio(byte id) {
    return switch (id) {
      case 1 -> 256;
      case 2 -> 1040;
      default -> 1;
    };
  }
}
