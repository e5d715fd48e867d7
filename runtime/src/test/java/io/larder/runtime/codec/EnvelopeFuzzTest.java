package io.larder.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Bytes that are no entry, or not any more: each ends in an entry or in a {@link
 * DamagedEntryException}, never in anything else. A second of random ones in each build, {@code
 * -Dlarder.fuzz=PT10M} for longer; with {@code JAZZER_FUZZ=1} in the environment Jazzer looks for
 * ways through the decoder.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS) // as long as asked for
class EnvelopeFuzzTest {

  private static final EnvelopeFormat PLAIN = EnvelopeFormat.plain().withMaxPayload(1 << 20);
  private static final EnvelopeFormat SIGNED =
      PLAIN.withSecrets(List.of("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));

  @FuzzTest(maxDuration = "1m")
  void decode_anyBytes(byte[] stored) {
    decode(stored, PLAIN);
    decode(stored, SIGNED);
    byte[] sealed = sealed(stored);
    decode(sealed, PLAIN);
    decode(sealed, SIGNED);
  }

  @Test
  void decode_randomChanges_damagedOrAnEntry() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] text = "larder ".repeat(500).getBytes(StandardCharsets.UTF_8);
    List<byte[]> seeds =
        List.of(
            EnvelopeTest.of(text).encode(EnvelopeTest.KEY, PLAIN),
            EnvelopeTest.of(text).encode(EnvelopeTest.KEY, SIGNED),
            EnvelopeTest.of(text)
                .encode(EnvelopeTest.KEY, PLAIN.withCompression(Compression.LZ4, 0)),
            EnvelopeTest.of(text)
                .encode(EnvelopeTest.KEY, PLAIN.withCompression(Compression.DEFLATE, 0)));
    long end =
        System.nanoTime() + Duration.parse(System.getProperty("larder.fuzz", "PT1S")).toNanos();
    long rounds = 0;
    while (System.nanoTime() < end) {
      byte[] mutated = ValueCodecContract.mutate(seeds.get(random.nextInt(seeds.size())), random);
      try {
        decode_anyBytes(mutated);
      } catch (Throwable escaped) {
        throw new AssertionError("seed " + seed + ", round " + rounds, escaped);
      }
      rounds++;
    }
    assertThat(rounds).isGreaterThan(100);
  }

  private static void decode(byte[] stored, EnvelopeFormat format) {
    try {
      Envelope envelope = Envelope.decode(EnvelopeTest.KEY, stored, format);
      assertThat(envelope.payload().length).isLessThanOrEqualTo(format.maxPayload());
    } catch (DamagedEntryException damaged) {
      assertThat(damaged.reason()).isNotNull();
    }
  }

  /** With the checksums mended, so that what lies behind them is reached. */
  private static byte[] sealed(byte[] stored) {
    byte[] sealed = stored.clone();
    if (sealed.length > EnvelopeHeader.FIXED + EnvelopeHeader.CHECKSUM) {
      EnvelopeTest.resealedWhole(sealed);
    }
    return sealed;
  }
}
