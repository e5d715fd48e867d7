package io.larder.runtime.shared;

import io.larder.runtime.codec.DamagedEntryException;
import io.larder.runtime.codec.Envelope;
import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.codec.EnvelopeHeader;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.codec.ValueCodec;
import io.larder.runtime.model.Entry;
import io.larder.runtime.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries as they are stored, and back. Thread-safe. */
final class EntryForm {

  private final EnvelopeFormat format;
  private final SharedSettings settings;
  private final ServerTime time;
  private final Clock clock;

  EntryForm(EnvelopeFormat format, SharedSettings settings, ServerTime time, Clock clock) {
    this.format = format;
    this.settings = settings;
    this.time = time;
    this.clock = clock;
  }

  /** How long an entry has to live yet, in milliseconds; not positive if it is over. */
  long millisToLive(TierKey key, Entry entry) {
    long age = (clock.nanos() - entry.createdNanos()) / 1_000_000;
    return ttlMillis(key) - Math.max(0, age);
  }

  private long ttlMillis(TierKey key) {
    long longest = settings.longestTtl().toMillis();
    return key.ttlMillis() == 0 ? longest : Math.min(longest, key.ttlMillis());
  }

  /** Whether its load began so long ago that an invalidation since then may be forgotten. */
  boolean isTooOld(Entry entry) {
    long begun = entry.createdNanos() - entry.loadNanos();
    return clock.nanos() - begun > settings.longestLoad().toNanos();
  }

  byte[] encode(TierKey key, Entry entry, List<String> tags, long epoch, long atClock)
      throws NotStorableException {
    ValueCodec codec = key.codec();
    long created = time.millisAt(entry.createdNanos());
    return new Envelope(
            codec.id(),
            codec.fingerprint(),
            created,
            created + ttlMillis(key),
            epoch,
            atClock,
            entry.loadNanos(),
            tags,
            codec.encode(entry.value))
        .encode(key.identity(), format);
  }

  /** What the entry says of itself. */
  EnvelopeHeader header(TierKey key, byte[] stored) throws DamagedEntryException {
    return EnvelopeHeader.read(key.identity(), stored);
  }

  /** Why an entry does not count by itself; {@code null} if it does. */
  @Nullable MissReason objection(TierKey key, EnvelopeHeader header, long epoch) {
    ValueCodec codec = key.codec();
    if (header.codec() != codec.id() || header.fingerprint() != codec.fingerprint()) {
      return MissReason.FOREIGN;
    }
    if (header.epoch() != epoch) {
      return MissReason.EPOCH;
    }
    long now = time.millisAt(clock.nanos());
    boolean over = header.expiresMillis() != 0 && now >= header.expiresMillis();
    // Who stored it may have been told another time to live than this JVM.
    boolean tooOldHere = now - header.createdMillis() >= ttlMillis(key);
    return over || tooOldHere ? MissReason.EXPIRED : null;
  }

  /** The entry whose header was found to count. */
  Entry decode(TierKey key, EnvelopeHeader header, byte[] stored) throws DamagedEntryException {
    Envelope envelope = Envelope.decode(header, stored, format);
    Object value = key.codec().decode(envelope.payload());
    // Not in the future, whatever the servers' clocks say: it would live too long here.
    long created = Math.min(clock.coarseNanos(), time.nanosAt(header.createdMillis()));
    return new Entry(value, created, header.loadNanos(), stored.length);
  }
}
