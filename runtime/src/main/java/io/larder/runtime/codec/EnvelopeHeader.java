package io.larder.runtime.codec;

import io.larder.runtime.codec.DamagedEntryException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What an entry says of itself before its payload, with a checksum of its own: enough to tell
 * cheaply that it is a miss. What it says is not to be trusted further than that before the whole
 * entry was decoded, as only that checks the signature.
 *
 * <pre>
 *  0 magic 4, format version 1, codec 1, compression 1, flags 1
 *  8 fingerprint of the value's classes 8
 * 16 hash of the key 16
 * 32 created 8, expires 8, epoch 8, clock 8, duration of the load 8
 * 72 payload: bytes decompressed 4, bytes stored 4, CRC32C as stored 4
 * 84 bytes of tags 2, tags: each length 2 and UTF-8
 *    CRC32C of all so far 4, payload, if flagged HMAC-SHA256 of all so far 32
 * </pre>
 *
 * Numbers are big-endian.
 *
 * @param codec that wrote the payload
 * @param fingerprint of the shapes of the value's classes
 * @param createdMillis when, since 1970
 * @param expiresMillis when, since 1970; 0 for never
 * @param epoch of the store it was written in
 * @param clock of invalidations, before the value was computed
 * @param loadNanos how long that took
 * @param tags it goes with
 * @param compression of the payload
 * @param signed whether a signature follows
 * @param payloadBytes decompressed
 * @param storedBytes of the payload as stored
 * @param payloadChecksum as stored
 * @param size of the header in bytes
 */
public record EnvelopeHeader(
    byte codec,
    long fingerprint,
    long createdMillis,
    long expiresMillis,
    long epoch,
    long clock,
    long loadNanos,
    List<String> tags,
    byte compression,
    boolean signed,
    int payloadBytes,
    int storedBytes,
    int payloadChecksum,
    int size) {

  /** No text, so that nothing of another program looks like it. */
  static final int MAGIC = 0x8C4C5244;

  static final byte VERSION = 1;
  static final byte SIGNED = 1;

  /** Up to where the tags begin. */
  static final int FIXED = 86;

  static final int CHECKSUM = 4;

  /** The most that all tags of an entry take, with their lengths. */
  static final int MAX_TAG_BYTES = 16 << 10;

  /** Copies. */
  public EnvelopeHeader {
    tags = List.copyOf(tags);
  }

  /**
   * The header of stored bytes.
   *
   * @param key whose entry it should be
   * @param stored untrusted
   * @throws DamagedEntryException if they are damaged, of another format, or of another key
   */
  public static EnvelopeHeader read(KeyHash key, byte[] stored) throws DamagedEntryException {
    if (stored.length < FIXED + CHECKSUM) {
      throw new DamagedEntryException(Reason.LENGTH, "too short for an entry");
    }
    ByteBuffer in = ByteBuffer.wrap(stored);
    if (in.getInt(0) != MAGIC || stored[4] != VERSION) {
      throw new DamagedEntryException(Reason.FORMAT, "not an entry of this format");
    }
    int tagBytes = Short.toUnsignedInt(in.getShort(84));
    int checksumAt = FIXED + tagBytes;
    if (tagBytes > MAX_TAG_BYTES || checksumAt + CHECKSUM > stored.length) {
      throw new DamagedEntryException(Reason.LENGTH, "cut within its tags");
    }
    if (in.getInt(checksumAt) != checksum(stored, 0, checksumAt)) {
      throw new DamagedEntryException(Reason.CHECKSUM, "a header that was changed");
    }
    if (in.getLong(16) != key.high() || in.getLong(24) != key.low()) {
      throw new DamagedEntryException(Reason.FOREIGN, "of another key");
    }
    if ((stored[7] & ~SIGNED) != 0) {
      throw new DamagedEntryException(Reason.FORMAT, "unknown flags");
    }
    return new EnvelopeHeader(
        stored[5],
        in.getLong(8),
        in.getLong(32),
        in.getLong(40),
        in.getLong(48),
        in.getLong(56),
        in.getLong(64),
        readTags(stored, checksumAt),
        stored[6],
        stored[7] == SIGNED,
        in.getInt(72),
        in.getInt(76),
        in.getInt(80),
        checksumAt + CHECKSUM);
  }

  /**
   * Whose entry stored bytes seem to be; anything if they are damaged.
   *
   * @param stored untrusted
   */
  public static KeyHash identityIn(byte[] stored) {
    if (stored.length < FIXED) {
      return new KeyHash(0, 0);
    }
    ByteBuffer in = ByteBuffer.wrap(stored);
    return new KeyHash(in.getLong(16), in.getLong(24));
  }

  private static List<String> readTags(byte[] stored, int end) throws DamagedEntryException {
    if (end == FIXED) {
      return List.of();
    }
    List<String> tags = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(stored);
    int at = FIXED;
    while (at < end) {
      int length = at + 2 <= end ? Short.toUnsignedInt(in.getShort(at)) : MAX_TAG_BYTES;
      at += 2;
      if (length > end - at) {
        throw new DamagedEntryException(Reason.LENGTH, "a tag that does not end");
      }
      tags.add(new String(stored, at, length, StandardCharsets.UTF_8));
      at += length;
    }
    return tags;
  }

  static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
