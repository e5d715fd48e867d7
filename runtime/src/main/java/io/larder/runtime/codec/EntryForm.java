package io.larder.runtime.codec;

import io.larder.runtime.model.Entry;
import io.larder.runtime.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries as slow tiers store them, and back: one judgement for all of them. Thread-safe. */
public final class EntryForm {

  private final EnvelopeFormat format;
  private final long longestTtlMillis;
  private final WallTime time;
  private final Clock clock;

  /**
   * Entries in one format.
   *
   * @param longestTtl of entries; for those of a cache without a time to live as well
   */
  public EntryForm(EnvelopeFormat format, Duration longestTtl, WallTime time, Clock clock) {
    this.format = format;
    this.longestTtlMillis = longestTtl.toMillis();
    this.time = time;
    this.clock = clock;
  }

  /** How long an entry has to live yet, in milliseconds; not positive if it is over. */
  public long millisToLive(TierKey key, Entry entry) {
    long age = (clock.nanos() - entry.createdNanos()) / 1_000_000;
    return ttlMillis(key) - Math.max(0, age);
  }

  private long ttlMillis(TierKey key) {
    return key.ttlMillis() == 0 ? longestTtlMillis : Math.min(longestTtlMillis, key.ttlMillis());
  }

  /** Whether its load began longer ago than that. */
  public boolean beganBefore(Entry entry, Duration ago) {
    long begun = entry.createdNanos() - entry.loadNanos();
    return clock.nanos() - begun > ago.toNanos();
  }

  /**
   * The bytes of an entry.
   *
   * @param epoch of the store, or what else says in which of its times it was written
   * @param atClock the number of the last invalidation before its load began
   * @throws NotStorableException if it holds what may not be stored, or is too large
   */
  public byte[] encode(TierKey key, Entry entry, List<String> tags, long epoch, long atClock)
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

  /**
   * What the entry says of itself.
   *
   * @param stored untrusted
   * @throws DamagedEntryException if it is not an entry of the key
   */
  public EnvelopeHeader header(TierKey key, byte[] stored) throws DamagedEntryException {
    return EnvelopeHeader.read(key.identity(), stored);
  }

  /** Why an entry does not count by itself; {@code null} if it does. */
  public @Nullable Objection objection(TierKey key, EnvelopeHeader header) {
    return objection(key, header, clock.nanos());
  }

  /**
   * As the other, for who knows the time.
   *
   * @param nowNanos on the runtime's clock
   */
  public @Nullable Objection objection(TierKey key, EnvelopeHeader header, long nowNanos) {
    ValueCodec codec = key.codec();
    if (header.codec() != codec.id() || header.fingerprint() != codec.fingerprint()) {
      return Objection.FOREIGN;
    }
    long now = time.millisAt(nowNanos);
    boolean over = header.expiresMillis() != 0 && now >= header.expiresMillis();
    // Who stored it may have been told another time to live than this JVM.
    boolean tooOldHere = now - header.createdMillis() >= ttlMillis(key);
    return over || tooOldHere ? Objection.EXPIRED : null;
  }

  /**
   * The entry whose header was found to count.
   *
   * @param stored untrusted
   * @throws DamagedEntryException if the rest of it is not what was stored
   */
  public Entry decode(TierKey key, EnvelopeHeader header, byte[] stored)
      throws DamagedEntryException {
    Envelope envelope = Envelope.decode(header, stored, format);
    Object value = key.codec().decode(envelope.payload());
    // Not in the future, whatever others' clocks say: it would live too long here.
    long created = Math.min(clock.coarseNanos(), time.nanosAt(header.createdMillis()));
    return new Entry(value, created, header.loadNanos(), stored.length);
  }
}
