package io.larder.runtime.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.codec.DamagedEntryException;
import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.codec.ValueCodec;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Health;
import io.larder.runtime.model.Lineage;
import io.larder.runtime.model.Tag;
import io.larder.runtime.time.Clock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stores, keys and entries of tests. */
final class DiskFixtures {

  static final String CACHE = "users";

  private DiskFixtures() {}

  /** A store that is ready. */
  static DiskStore open(DiskSettings settings, Clock clock) {
    DiskStore store = DiskStore.open(settings, EnvelopeFormat.plain(), clock);
    await().until(() -> store.state().health() == Health.UP);
    return store;
  }

  static TierKey key(String text) {
    return key(text, TextCodec.ONE);
  }

  static TierKey key(String text, ValueCodec codec) {
    KeyHash group = KeyHash.of(text.getBytes(UTF_8));
    KeyHash identity = KeyHash.of(("of " + text).getBytes(UTF_8));
    return new TierKey(CACHE, group, identity, codec, 0);
  }

  static Entry entry(@Nullable String value, Clock clock, long stamp, String... tags) {
    Lineage lineage = new Lineage(Stream.of(tags).map(Tag::new).toList(), 0, stamp);
    return new Entry(value, clock.nanos(), /* loadNanos= */ 5, /* bytes= */ 0, lineage);
  }

  /** What a tier has under a key. */
  static @Nullable String read(DiskTier tier, TierKey key) {
    DiskEntry found = tier.read(key);
    return found == null ? null : (String) found.entry().value;
  }

  /**
   * Text and {@code null} as bytes, in one of several shapes.
   *
   * @param fingerprint the shape
   */
  record TextCodec(long fingerprint) implements ValueCodec {

    static final TextCodec ONE = new TextCodec(1);

    @Override
    public byte id() {
      return 77;
    }

    @Override
    public byte[] encode(@Nullable Object value) throws NotStorableException {
      if (value != null && !(value instanceof String)) {
        throw new NotStorableException("not a text: " + value.getClass().getName());
      }
      return value == null ? new byte[0] : ("=" + value).getBytes(UTF_8);
    }

    @Override
    public @Nullable Object decode(byte[] payload) throws DamagedEntryException {
      if (payload.length > 0 && payload[0] != '=') {
        throw new DamagedEntryException(DamagedEntryException.Reason.VALUE, "not a text");
      }
      return payload.length == 0 ? null : new String(payload, 1, payload.length - 1, UTF_8);
    }
  }
}
