package io.larder.runtime;

import io.larder.runtime.behind.WriteBehind;
import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.codec.ValueCodec;
import io.larder.runtime.coordinator.SlowTiers;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Health;
import io.larder.runtime.policy.RedisOptions;
import io.larder.runtime.redis.RedisBackend;
import io.larder.runtime.redis.RedisSettings;
import io.larder.runtime.shared.CoherenceListener;
import io.larder.runtime.shared.LoadLease;
import io.larder.runtime.shared.SharedEntry;
import io.larder.runtime.shared.SharedSettings;
import io.larder.runtime.shared.SharedStore;
import io.larder.runtime.shared.SharedTiers;
import io.larder.runtime.shared.Turn;
import io.larder.runtime.thread.DaemonThreads;
import io.larder.runtime.time.Clock;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Redis behind the memory of all caches. Thread-safe. */
final class RedisTiers implements SlowTiers, AutoCloseable {

  /** Results that wait to be written; more are dropped, and counted. */
  private static final int MOST_WAITING = 10_000;

  /** How long a stop waits for them to be written. */
  private static final Duration FLUSH_AT_MOST = Duration.ofSeconds(1);

  private final RedisBackend backend;
  private final String address;
  private final EnvelopeFormat format;
  private final SharedStore store;
  private final ResultCodecs codecs;
  private final Clock clock;
  private final long offlineNanos;
  private final SharedTiers shared;
  private final Thread flush;
  private volatile boolean coherent;

  private RedisTiers(
      CoherenceListener listener,
      RedisBackend backend,
      String address,
      RedisOptions options,
      EnvelopeFormat format,
      Clock clock) {
    this.backend = backend;
    this.address = address;
    this.format = format;
    this.codecs = new ResultCodecs(options.allow());
    this.clock = clock;
    this.offlineNanos = options.offlineTtl().toNanos();
    SharedSettings shares = SharedSettings.of(options.keyPrefix());
    this.store =
        new SharedStore(
            backend,
            channel ->
                backend.subscribe(channel, options.tracking() ? shares.trackedPrefix() : null),
            () -> backend.state().health(),
            shares,
            format,
            clock,
            new Heard(listener));
    this.shared =
        new SharedTiers(
            store,
            new WriteBehind(
                MOST_WAITING, WaitingBytes.most(), WaitingBytes::of, FLUSH_AT_MOST, clock),
            options.deadline());
    this.flush = DaemonThreads.newThread("flush", shared::flush);
  }

  /**
   * Begins to connect, in the background.
   *
   * @param listener is told what other JVMs invalidate
   * @throws IllegalArgumentException if an option does not fit; the message shows no credentials
   */
  static RedisTiers open(CoherenceListener listener, RedisOptions options, Clock clock) {
    // All that may be wrong with the options comes before the first connection.
    RedisSettings settings = RedisConfiguration.settings(options);
    EnvelopeFormat format = RedisConfiguration.format(options);
    RedisBackend backend = RedisBackend.open(settings, clock, fingerprint -> {});
    RedisTiers tiers =
        new RedisTiers(listener, backend, settings.uri().toString(), options, format, clock);
    backend.addListener(tiers.store);
    tiers.store.start();
    AtExit.add(tiers.flush);
    return tiers;
  }

  RedisBackend backend() {
    return backend;
  }

  SharedTiers shared() {
    return shared;
  }

  /** How entries are written. */
  EnvelopeFormat format() {
    return format;
  }

  /** Of its servers, without credentials. */
  String address() {
    return address;
  }

  @Override
  public @Nullable SlowTiers among(List<String> names) {
    return names.contains("redis") ? this : null;
  }

  @Override
  public boolean reachOthers() {
    return true;
  }

  @Override
  public ValueCodec codecOf(String name, @Nullable ClassLoader loader, Type returned)
      throws NotStorableException {
    return codecs.codecOf(name, loader, returned);
  }

  @Override
  public Stamp stamp() {
    return new Stamp(shared.stamp(), /* kept= */ 0, /* session= */ 0);
  }

  @Override
  public boolean areAway(String cache) {
    boolean away = isAway();
    if (away) {
      shared.away(cache);
    }
    return away;
  }

  /** {@link #areAway}, and nothing is counted. */
  boolean isAway() {
    if (coherent) {
      return false;
    }
    Health health = backend.state().health();
    return health == Health.DOWN || health == Health.OFF;
  }

  @Override
  public void keptLocal(String cache, String reason) {
    shared.keptLocal(cache, reason);
  }

  @Override
  public Refusals refusals(String cache) {
    return Refusals.of(shared.tier(cache).sharedStatistics());
  }

  @Override
  public @Nullable Found get(TierKey key, long loadNanos) {
    long start = clock.nanos();
    SharedEntry found = shared.get(key, loadNanos, start);
    return found == null ? null : foundOf(found, clock.nanos() - start);
  }

  @Override
  public @Nullable Found newest(TierKey key) {
    return get(key, /* loadNanos= */ 0);
  }

  private static Found foundOf(SharedEntry found, long lookNanos) {
    return new Found(found.entry(), found.tags(), lookNanos);
  }

  @Override
  public void put(TierKey key, Entry entry, Stamp stamp, boolean behind, long waitedNanos) {
    shared.put(key, entry, stamp.shared(), behind, waitedNanos);
  }

  @Override
  public void replace(TierKey key, Entry entry, Stamp stamp) {
    if (stamp.shared() == 0) { // it began before anything was known of Redis
      shared.invalidate(key.cache(), key.group());
      return;
    }
    boolean unused =
        shared.replace(key, entry, stamp.shared()); // if not, others forget theirs all the same
  }

  @Override
  public Lease lease(TierKey key, long waitNanos, long waitedNanos) {
    return new TakenTurn(shared, key, shared.lease(key, waitNanos, waitedNanos));
  }

  @Override
  public @Nullable Lease tryLease(TierKey key) {
    Turn turn = shared.tryLease(key);
    return turn.goAhead() ? new TakenTurn(shared, key, turn) : null;
  }

  /** A turn to load, or what another JVM loaded. */
  private record TakenTurn(SharedTiers shared, TierKey key, Turn turn) implements Lease {

    @Override
    public @Nullable Found found() {
      SharedEntry landed = turn.landed();
      return landed == null ? null : foundOf(landed, /* lookNanos= */ 0);
    }

    @Override
    public void loaded(Entry entry, Stamp stamp, long waitedNanos) {
      shared.landed(key, turn, entry, stamp.shared(), waitedNanos + turn.askedNanos());
    }

    @Override
    public void released() {
      LoadLease lease = turn.lease();
      if (lease != null) {
        lease.close();
      }
    }
  }

  @Override
  public void invalidate(String cache, KeyHash group) {
    shared.invalidate(cache, group);
  }

  @Override
  public void invalidateTag(String cache, String tag) {
    shared.invalidateTag(cache, tag);
  }

  @Override
  public void clear(String cache) {
    shared.clear(cache);
  }

  @Override
  public void clearOwn() {
    // All here is shared with others, each cache by its name.
  }

  @Override
  public long longestLifeNanos() {
    return coherent ? Long.MAX_VALUE : offlineNanos;
  }

  @Override
  public void close() {
    AtExit.remove(flush);
    shared.close();
    backend.close();
  }

  /** Notes whether others can be heard, and passes on what they say. */
  private final class Heard implements CoherenceListener {

    private final CoherenceListener listener;

    Heard(CoherenceListener listener) {
      this.listener = listener;
    }

    @Override
    public void forgetKey(String cache, KeyHash key) {
      listener.forgetKey(cache, key);
    }

    @Override
    public void forgetTag(String cache, String tag) {
      listener.forgetTag(cache, tag);
    }

    @Override
    public void forgetCache(String cache) {
      listener.forgetCache(cache);
    }

    @Override
    public void doubtful() {
      coherent = false;
      listener.doubtful();
    }

    @Override
    public void coherent() {
      coherent = true;
      listener.coherent();
    }
  }
}
