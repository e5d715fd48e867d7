package io.larder.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.runtime.codec.DamagedEntryException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnvelopeTest {

  static final byte[] KEY = {1, 2, 3};
  private static final byte[] SECRET = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private static final byte[] OTHER_SECRET = "fedcba9876543210".getBytes(StandardCharsets.UTF_8);
  private static final EnvelopeFormat PLAIN = EnvelopeFormat.plain();

  static Envelope of(byte[] payload) {
    return new Envelope(
        (byte) 7, 8L, 9L, 10L, 11L, 12L, 13L, List.of("product:5", "\u00e4"), payload);
  }

  private static byte[] text(int length) {
    return "larder ".repeat(length).substring(0, length).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(1).nextBytes(noise);
    return noise;
  }

  private static void assertDamaged(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DamagedEntryException.class, damaged -> assertThat(damaged.reason()).isEqualTo(reason));
  }

  private static void assertSame(Envelope decoded, Envelope original) {
    assertThat(Arrays.equals(decoded.payload(), original.payload())).isTrue();
    assertThat(decoded)
        .usingRecursiveComparison()
        .ignoringFields("payload") // compared byte by byte, by reflection
        .isEqualTo(original);
  }

  @ParameterizedTest
  @EnumSource
  void decode_whatWasEncoded_isTheSame(Compression compression) throws Exception {
    EnvelopeFormat format = PLAIN.withCompression(compression, 0);
    for (byte[] payload : List.of(new byte[0], text(1), text(100_000), noise(100_000))) {
      Envelope envelope = of(payload);
      byte[] stored = envelope.encode(KEY, format);
      assertSame(Envelope.decode(KEY, stored, format), envelope);
      assertSame(Envelope.decode(KEY, stored, PLAIN), envelope); // whatever the setting is now
    }
  }

  @Test
  void encode_compressesOnlyWhatSaves() throws Exception {
    int overhead = of(new byte[0]).encode(KEY, PLAIN).length;
    for (Compression compression : List.of(Compression.LZ4, Compression.DEFLATE)) {
      EnvelopeFormat format = PLAIN.withCompression(compression, EnvelopeFormat.COMPRESS_FROM);
      assertThat(of(text(1023)).encode(KEY, format)).hasSize(overhead + 1023);
      assertThat(of(text(10_000)).encode(KEY, format)).hasSizeLessThan(overhead + 1000);
      assertThat(of(noise(10_000)).encode(KEY, format)).hasSize(overhead + 10_000);
    }
  }

  @Test
  void read_header_saysAllButThePayload() throws Exception {
    byte[] stored = of(text(5000)).encode(KEY, PLAIN);
    stored[stored.length - 1]++; // the payload is not looked at
    EnvelopeHeader header = EnvelopeHeader.read(KeyHash.of(KEY), stored);
    assertThat(header.codec()).isEqualTo((byte) 7);
    assertThat(header.fingerprint()).isEqualTo(8);
    assertThat(header.createdMillis()).isEqualTo(9);
    assertThat(header.expiresMillis()).isEqualTo(10);
    assertThat(header.epoch()).isEqualTo(11);
    assertThat(header.clock()).isEqualTo(12);
    assertThat(header.loadNanos()).isEqualTo(13);
    assertThat(header.tags()).containsExactly("product:5", "\u00e4");
    assertDamaged(Reason.CHECKSUM, () -> Envelope.decode(header, stored, PLAIN));
  }

  @Test
  void decode_ofAnotherKey_foreign() throws Exception {
    byte[] stored = of(text(10)).encode(KEY, PLAIN);
    assertDamaged(Reason.FOREIGN, () -> Envelope.decode(new byte[] {1, 2}, stored, PLAIN));
  }

  @Test
  void decode_cutOrLonger_damaged() throws Exception {
    byte[] stored = of(text(100)).encode(KEY, PLAIN);
    for (int length = 0; length < stored.length; length++) {
      byte[] cut = Arrays.copyOf(stored, length);
      assertDamaged(Reason.LENGTH, () -> Envelope.decode(KEY, cut, PLAIN));
    }
    assertDamaged(
        Reason.LENGTH, () -> Envelope.decode(KEY, Arrays.copyOf(stored, stored.length + 1), PLAIN));
  }

  @Test
  void decode_anyBitFlipped_damaged() throws Exception {
    byte[] stored = of(text(100)).encode(KEY, PLAIN);
    for (int bit = 0; bit < 8 * stored.length; bit++) {
      byte[] flipped = stored.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> Envelope.decode(KEY, flipped, PLAIN))
          .isInstanceOf(DamagedEntryException.class);
    }
  }

  @Test
  void decode_halfAGigabyteClaimed_allocatesNothing() throws Exception {
    EnvelopeFormat large = PLAIN.withMaxPayload(Integer.MAX_VALUE);
    for (int compression = 0; compression < 3; compression++) {
      byte[] stored = of(text(100)).encode(KEY, PLAIN);
      stored[6] = (byte) compression;
      ByteBuffer.wrap(stored).putInt(72, 512 << 20);
      resealed(stored);
      assertDamaged(Reason.LENGTH, () -> Envelope.decode(KEY, stored, PLAIN));
      assertDamaged(Reason.LENGTH, () -> Envelope.decode(KEY, stored, large));
    }
  }

  @Test
  void decode_compressedToAnotherLength_damaged() throws Exception {
    for (Compression compression : List.of(Compression.LZ4, Compression.DEFLATE)) {
      for (int claimed : new int[] {0, 1, 9_999, 10_001}) {
        byte[] stored = of(text(10_000)).encode(KEY, PLAIN.withCompression(compression, 0));
        ByteBuffer.wrap(stored).putInt(72, claimed);
        resealed(stored);
        assertThatThrownBy(() -> Envelope.decode(KEY, stored, PLAIN))
            .as("%s as %s", compression, claimed)
            .isInstanceOf(DamagedEntryException.class);
      }
    }
  }

  /** With the checksum of the header mended, as somebody would who knows the format. */
  static void resealed(byte[] stored) {
    int tags = ByteBuffer.wrap(stored).getShort(84);
    int at = EnvelopeHeader.FIXED + tags;
    ByteBuffer.wrap(stored).putInt(at, EnvelopeHeader.checksum(stored, 0, at));
  }

  /** With all of them mended, of any bytes long enough for a header. */
  static void resealedWhole(byte[] stored) {
    ByteBuffer buffer = ByteBuffer.wrap(stored);
    KeyHash key = KeyHash.of(KEY);
    buffer.putInt(0, EnvelopeHeader.MAGIC).put(4, EnvelopeHeader.VERSION);
    buffer.putLong(16, key.high()).putLong(24, key.low());
    int checksumAt = EnvelopeHeader.FIXED + Short.toUnsignedInt(buffer.getShort(84));
    int from = checksumAt + EnvelopeHeader.CHECKSUM;
    if (from <= stored.length) {
      int length = Math.max(0, Math.min(buffer.getInt(76), stored.length - from));
      buffer.putInt(80, EnvelopeHeader.checksum(stored, from, length));
      buffer.putInt(checksumAt, EnvelopeHeader.checksum(stored, 0, checksumAt));
    }
  }

  @Test
  void decode_signed_takenWithOneOfTheSecrets() throws Exception {
    EnvelopeFormat ours = PLAIN.withSecrets(List.of(SECRET));
    EnvelopeFormat rotated = PLAIN.withSecrets(List.of(OTHER_SECRET, SECRET));
    byte[] stored = of(text(100)).encode(KEY, ours);
    assertSame(Envelope.decode(KEY, stored, ours), of(text(100)));
    assertSame(Envelope.decode(KEY, stored, rotated), of(text(100)));
    assertSame(Envelope.decode(KEY, stored, PLAIN), of(text(100)));
    byte[] storedLater = of(text(100)).encode(KEY, rotated);
    assertDamaged(Reason.SIGNATURE, () -> Envelope.decode(KEY, storedLater, ours));
  }

  @Test
  void decode_unsignedOrForged_refused() throws Exception {
    EnvelopeFormat ours = PLAIN.withSecrets(List.of(SECRET));
    byte[] unsigned = of(text(100)).encode(KEY, PLAIN);
    assertDamaged(Reason.SIGNATURE, () -> Envelope.decode(KEY, unsigned, ours));
    byte[] forged = of(text(100)).encode(KEY, ours);
    ByteBuffer.wrap(forged).putLong(56, 99); // the clock, with a right checksum
    resealed(forged);
    assertDamaged(Reason.SIGNATURE, () -> Envelope.decode(KEY, forged, ours));
  }

  @Test
  void encode_payloadAboveTheBound_refused() {
    assertThatThrownBy(() -> of(text(101)).encode(KEY, PLAIN.withMaxPayload(100)))
        .isInstanceOf(NotStorableException.class)
        .hasMessage(
            "The result takes 101 bytes, more than the 100 that a value may have in a shared tier.");
  }

  @Test
  void encode_tooManyTags_refused() {
    Envelope tagged =
        new Envelope(
            (byte) 1, 0, 0, 0, 0, 0, 0, Collections.nCopies(1000, "a".repeat(20)), new byte[0]);
    assertThatThrownBy(() -> tagged.encode(KEY, PLAIN))
        .isInstanceOf(NotStorableException.class)
        .hasMessage("Its 1000 tags take 22000 bytes, more than 16384.");
  }

  @Test
  void withSecrets_short_refused() {
    assertThatThrownBy(() -> PLAIN.withSecrets(List.of(new byte[15])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a secret must have at least 16 bytes, not 15");
  }

  @Test
  void named_unknown_saysWhichThereAre() {
    assertThat(Compression.named("lz4")).isEqualTo(Compression.LZ4);
    assertThatThrownBy(() -> Compression.named("zip"))
        .hasMessage("unknown compression \"zip\". Known: none, lz4, deflate.");
  }
}
