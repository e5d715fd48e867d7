package io.larder.benchmarks.questions;

import io.larder.runtime.codec.AllowedClasses;
import io.larder.runtime.codec.Compression;
import io.larder.runtime.codec.DamagedEntryException;
import io.larder.runtime.codec.Envelope;
import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.codec.EnvelopeHeader;
import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.ValueCodec;
import io.larder.runtime.codec.ValueCodecs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Products as the bytes that Larder stores, written and read with Larder's own code. */
final class StoredProducts {

  private final EnvelopeFormat format =
      EnvelopeFormat.plain().withCompression(Compression.LZ4, EnvelopeFormat.COMPRESS_FROM);
  private final ValueCodec codec = newCodec();

  private static ValueCodec newCodec() {
    try {
      return ValueCodecs.of(
          "auto", StoredProducts.class.getClassLoader(), Product.class, AllowedClasses.none());
    } catch (NotStorableException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  ValueCodec codec() {
    return codec;
  }

  /** What alone stands for the product. */
  byte[] payload(Product product) {
    try {
      return codec.encode(product);
    } catch (NotStorableException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The product that a payload stands for. */
  @Nullable Object product(byte[] payload) {
    try {
      return codec.decode(payload);
    } catch (DamagedEntryException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** All that Larder stores of the product of an id. */
  byte[] envelope(int id, KeyHash key) {
    long now = System.currentTimeMillis();
    Envelope envelope =
        new Envelope(
            codec.id(),
            codec.fingerprint(),
            /* createdMillis= */ now,
            /* expiresMillis= */ now + 300_000,
            /* epoch= */ now,
            /* clock= */ id,
            /* loadNanos= */ 3_000_000,
            /* tags= */ List.of(),
            payload(Product.of(id)));
    try {
      return envelope.encode(key, format);
    } catch (NotStorableException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The product of an envelope. */
  @Nullable Object read(byte[] stored, KeyHash key) {
    try {
      EnvelopeHeader header = EnvelopeHeader.read(key, stored);
      return product(Envelope.decode(header, stored, format).payload());
    } catch (DamagedEntryException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
