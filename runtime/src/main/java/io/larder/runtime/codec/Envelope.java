package io.larder.runtime.codec;

import static io.larder.runtime.codec.EnvelopeHeader.CHECKSUM;
import static io.larder.runtime.codec.EnvelopeHeader.FIXED;
import static io.larder.runtime.codec.EnvelopeHeader.MAX_TAG_BYTES;

import io.larder.runtime.codec.DamagedEntryException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * One entry as it leaves the JVM: an encoded value with all it takes to tell later whether it still
 * counts. Written as {@link EnvelopeHeader} says. Immutable, but for the array, which nobody
 * changes.
 *
 * @param codec that wrote the payload
 * @param fingerprint of the shapes of the value's classes
 * @param createdMillis when, since 1970
 * @param expiresMillis when, since 1970; 0 for never
 * @param epoch of the store it is written in
 * @param clock of invalidations, before the value was computed
 * @param loadNanos how long that took
 * @param tags it goes with
 * @param payload the encoded value, not compressed
 */
@SuppressWarnings("ArrayRecordComponent") // entries are not compared
public record Envelope(
    byte codec,
    long fingerprint,
    long createdMillis,
    long expiresMillis,
    long epoch,
    long clock,
    long loadNanos,
    List<String> tags,
    byte[] payload) {

  private static final int SIGNATURE = 32;

  /** Copies the tags. */
  public Envelope {
    tags = List.copyOf(tags);
  }

  /**
   * The bytes to store.
   *
   * @param key whose entry it is, as canonical bytes
   * @throws NotStorableException if the payload or the tags are too large
   */
  public byte[] encode(byte[] key, EnvelopeFormat format) throws NotStorableException {
    return encode(KeyHash.of(key), format);
  }

  /**
   * The bytes to store.
   *
   * @param key whose entry it is
   * @throws NotStorableException if the payload or the tags are too large
   */
  public byte[] encode(KeyHash key, EnvelopeFormat format) throws NotStorableException {
    if (payload.length > format.maxPayload()) {
      throw new NotStorableException(
          "The result takes "
              + payload.length
              + " bytes, more than the "
              + format.maxPayload()
              + " that a value may have in a shared tier.");
    }
    List<byte[]> encodedTags = encodedTags();
    int tagBytes = encodedTags.stream().mapToInt(tag -> 2 + tag.length).sum();
    byte[] compressed = compressed(format);
    byte[] stored = compressed == null ? payload : compressed;
    int header = FIXED + tagBytes + CHECKSUM;
    byte[] bytes = new byte[header + stored.length + (format.signs() ? SIGNATURE : 0)];
    ByteBuffer out = ByteBuffer.wrap(bytes);
    out.putInt(EnvelopeHeader.MAGIC).put(EnvelopeHeader.VERSION).put(codec);
    out.put(compressed == null ? Compression.NONE.id() : format.compression().id());
    out.put(format.signs() ? EnvelopeHeader.SIGNED : 0);
    out.putLong(fingerprint).putLong(key.high()).putLong(key.low());
    out.putLong(createdMillis).putLong(expiresMillis).putLong(epoch).putLong(clock);
    out.putLong(loadNanos).putInt(payload.length).putInt(stored.length);
    out.putInt(EnvelopeHeader.checksum(stored, 0, stored.length)).putShort((short) tagBytes);
    for (byte[] tag : encodedTags) {
      out.putShort((short) tag.length).put(tag);
    }
    out.putInt(EnvelopeHeader.checksum(bytes, 0, out.position())).put(stored);
    if (format.signs()) {
      out.put(signature(format.macs().get(0), bytes, out.position()));
    }
    return bytes;
  }

  private List<byte[]> encodedTags() throws NotStorableException {
    List<byte[]> encoded = new ArrayList<>(tags.size());
    long size = 0;
    for (String tag : tags) {
      byte[] bytes = tag.getBytes(StandardCharsets.UTF_8);
      encoded.add(bytes);
      size += 2L + bytes.length;
    }
    if (size > MAX_TAG_BYTES) {
      throw new NotStorableException(
          "Its " + tags.size() + " tags take " + size + " bytes, more than " + MAX_TAG_BYTES + ".");
    }
    return encoded;
  }

  /** The payload made smaller; {@code null} if that would save less than a tenth. */
  private byte @Nullable [] compressed(EnvelopeFormat format) {
    if (format.compression() == Compression.NONE || payload.length < format.compressFrom()) {
      return null;
    }
    byte[] compressed = format.compression().compress(payload);
    return compressed.length <= payload.length - payload.length / 10 ? compressed : null;
  }

  /**
   * The entry of a key in stored bytes. Whatever they are, this takes no more memory than the bound
   * for payloads and ends in no other exception.
   *
   * @param key whose entry it should be, as canonical bytes
   * @param stored untrusted
   * @throws DamagedEntryException if they are not what Larder stored for the key
   */
  public static Envelope decode(byte[] key, byte[] stored, EnvelopeFormat format)
      throws DamagedEntryException {
    return decode(EnvelopeHeader.read(KeyHash.of(key), stored), stored, format);
  }

  /**
   * The entry whose header was read from the same bytes.
   *
   * @throws DamagedEntryException if the rest of them is not what Larder stored
   */
  public static Envelope decode(EnvelopeHeader header, byte[] stored, EnvelopeFormat format)
      throws DamagedEntryException {
    check(header, stored, format);
    int end = header.size() + header.storedBytes();
    byte[] payload = Arrays.copyOfRange(stored, header.size(), end);
    if (header.compression() != Compression.NONE.id()) {
      payload = Compression.decompress(header.compression(), payload, header.payloadBytes());
    }
    return new Envelope(
        header.codec(),
        header.fingerprint(),
        header.createdMillis(),
        header.expiresMillis(),
        header.epoch(),
        header.clock(),
        header.loadNanos(),
        header.tags(),
        payload);
  }

  /**
   * Whether bytes are what was stored, as far as that shows without the value.
   *
   * @param header that was read from them
   * @throws DamagedEntryException if they are not
   */
  public static void check(EnvelopeHeader header, byte[] stored, EnvelopeFormat format)
      throws DamagedEntryException {
    checkLengths(header, stored, format);
    int end = header.size() + header.storedBytes();
    if (EnvelopeHeader.checksum(stored, header.size(), header.storedBytes())
        != header.payloadChecksum()) {
      throw new DamagedEntryException(Reason.CHECKSUM, "a payload that was changed");
    }
    if (format.signs() && !isSigned(header, stored, end, format)) {
      throw new DamagedEntryException(Reason.SIGNATURE, "not signed with one of our secrets");
    }
  }

  private static void checkLengths(EnvelopeHeader header, byte[] stored, EnvelopeFormat format)
      throws DamagedEntryException {
    long said = (long) header.size() + header.storedBytes() + (header.signed() ? SIGNATURE : 0);
    if (header.storedBytes() < 0 || said != stored.length) {
      throw new DamagedEntryException(Reason.LENGTH, "cut, or followed by something");
    }
    long most = (long) header.storedBytes() * Compression.maxRatio(header.compression());
    boolean raw = header.compression() == Compression.NONE.id();
    if (header.payloadBytes() < 0
        || header.payloadBytes() > format.maxPayload()
        || header.payloadBytes() > most
        || (raw && header.payloadBytes() != header.storedBytes())) {
      throw new DamagedEntryException(Reason.LENGTH, "a payload of a length that cannot be");
    }
  }

  private static boolean isSigned(
      EnvelopeHeader header, byte[] stored, int end, EnvelopeFormat format) {
    if (!header.signed()) {
      return false;
    }
    byte[] said = Arrays.copyOfRange(stored, end, stored.length);
    boolean signed = false;
    for (Mac mac : format.macs()) {
      signed |= MessageDigest.isEqual(said, signature(mac, stored, end)); // takes the same time
    }
    return signed;
  }

  private static byte[] signature(Mac mac, byte[] bytes, int length) {
    mac.update(bytes, 0, length);
    return mac.doFinal();
  }
}
