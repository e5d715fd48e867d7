package io.larder.runtime;

import io.larder.runtime.behind.WriteBehind;
import io.larder.runtime.behind.WriteBehindStatistics;
import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.codec.ValueCodec;
import io.larder.runtime.coordinator.SlowTiers;
import io.larder.runtime.disk.DiskStore;
import io.larder.runtime.disk.DiskTierStatistics;
import io.larder.runtime.disk.WarmStart;
import io.larder.runtime.disk.WarmStartFigures;
import io.larder.runtime.management.DiskView;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Health;
import io.larder.runtime.model.Lineage;
import io.larder.runtime.model.Tag;
import io.larder.runtime.policy.DiskOptions;
import io.larder.runtime.shared.CoherenceListener;
import io.larder.runtime.time.Clock;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The disk behind the memory of all caches. Results are handed to Larder's own thread, whatever a
 * cache's policy says of writing: who waits for a disk waits for a device. Thread-safe.
 */
final class DiskTiers implements SlowTiers, DiskView, AutoCloseable {

  /** Results that wait to be written; more are dropped, and counted. */
  private static final int MOST_WAITING = 10_000;

  /** How long nothing is opened unless it is needed: the application is starting, too. */
  private static final Duration WHILE_STARTING = Duration.ofMillis(500);

  /** How long an end waits for them to be written. */
  private static final Duration FLUSH_AT_MOST = Duration.ofSeconds(1);

  private final DiskStore store;
  private final EnvelopeFormat format;
  private final WriteBehind behind;
  private final ResultCodecs codecs;
  private final Clock clock;
  private final CoherenceListener listener;
  private final Map<String, KeptCache> caches = new ConcurrentHashMap<>();
  private final DiskEnd end;

  /** Set once, if at all, before anything is asked. */
  private volatile @Nullable WarmStart warm;

  private DiskTiers(
      DiskStore store,
      EnvelopeFormat format,
      ResultCodecs codecs,
      Clock clock,
      CoherenceListener listener) {
    this.listener = listener;
    this.store = store;
    this.format = format;
    this.codecs = codecs;
    this.clock = clock;
    this.behind =
        new WriteBehind(MOST_WAITING, WaitingBytes.most(), WaitingBytes::of, FLUSH_AT_MOST, clock);
    this.end = new DiskEnd(store, behind);
  }

  /**
   * Begins to open what is on disk, in the background.
   *
   * @param options with a directory
   * @param listener is told what was invalidated by {@link SlowTiers}' methods: caches of other
   *     class loaders may have the same from here
   * @throws IllegalArgumentException if an option does not fit
   */
  static DiskTiers open(DiskOptions options, Clock clock, CoherenceListener listener) {
    EnvelopeFormat format = DiskConfiguration.format(options);
    DiskStore store =
        DiskStore.open(DiskConfiguration.settings(options), format, clock, WHILE_STARTING);
    DiskTiers tiers =
        new DiskTiers(store, format, new ResultCodecs(options.allow()), clock, listener);
    tiers.end.register();
    return tiers;
  }

  /** How entries are written. */
  EnvelopeFormat format() {
    return format;
  }

  /** Reads ahead what was used most before, and notes what is. */
  void warm(HottestKeys hottest) {
    WarmStart begun = WarmStart.begin(store, hottest);
    warm = begun;
    end.add(begun);
  }

  @Override
  public WarmStartFigures warmStart() {
    WarmStart begun = warm;
    return begun == null ? WarmStartFigures.NONE : begun.figures();
  }

  @Override
  public DiskStore store() {
    return store;
  }

  /** What one cache keeps there. */
  KeptCache of(String cache) {
    KeptCache known = caches.get(cache);
    return known != null ? known : begin(cache);
  }

  private KeptCache begin(String cache) {
    return caches.computeIfAbsent(
        cache,
        name -> {
          var tier = store.tier(name);
          return new KeptCache(tier, behind.over(tier), clock);
        });
  }

  @Override
  public DiskTierStatistics statistics(String cache) {
    return of(cache).tier().diskStatistics();
  }

  @Override
  public Decisions decisions(String cache) {
    return of(cache).decisions();
  }

  @Override
  public WriteBehindStatistics writeBehind() {
    return behind.statistics();
  }

  @Override
  public @Nullable SlowTiers among(List<String> names) {
    return names.contains("disk") ? this : null;
  }

  @Override
  public boolean reachOthers() {
    return false;
  }

  @Override
  public ValueCodec codecOf(String name, @Nullable ClassLoader loader, Type returned)
      throws NotStorableException {
    return codecs.codecOf(name, loader, returned);
  }

  @Override
  public Stamp stamp() {
    return new Stamp(/* shared= */ 0, store.stamp(), /* session= */ 0);
  }

  /** Whether nothing can be found there now. */
  boolean isAway() {
    Health health = store.state().health();
    return health == Health.DOWN || health == Health.OFF;
  }

  @Override
  public boolean areAway(String cache) {
    boolean away = isAway();
    if (away) {
      of(cache).leftOut();
    }
    return away;
  }

  @Override
  public void keptLocal(String cache, String reason) {
    of(cache).noteLocal(reason);
  }

  @Override
  public Refusals refusals(String cache) {
    return Refusals.of(statistics(cache));
  }

  @Override
  public @Nullable Found get(TierKey key, long loadNanos) {
    WarmStart begun = warm;
    if (begun != null) {
      begun.looked(key);
    }
    return of(key.cache()).read(key, loadNanos);
  }

  @Override
  public @Nullable Found newest(TierKey key) {
    return get(key, /* loadNanos= */ 0);
  }

  @Override
  public void put(TierKey key, Entry entry, Stamp stamp, boolean later, long waitedNanos) {
    Lineage lineage = entry.lineage();
    keep(key, entry, lineage == null ? List.of() : lineage.tags(), stamp.kept());
  }

  /** Keeps what another tier had. */
  void keep(TierKey key, Found found, long stamp) {
    keep(key, found.entry(), found.tags().stream().map(Tag::new).toList(), stamp);
  }

  private void keep(TierKey key, Entry entry, List<Tag> tags, long stamp) {
    Entry stamped =
        new Entry(
            entry.value,
            entry.createdNanos(),
            entry.loadNanos(),
            entry.bytes(),
            new Lineage(tags, /* bornAt= */ 0, stamp));
    of(key.cache()).later().put(key, stamped);
  }

  @Override
  public void replace(TierKey key, Entry entry, Stamp stamp) {
    Lineage lineage = entry.lineage();
    List<Tag> tags = lineage == null ? List.of() : lineage.tags();
    long now =
        of(key.cache())
            .tier()
            .replace(key.group(), tags.stream().map(Tag::name).toList(), stamp.kept());
    if (now != 0) { // else memory alone has the result, and the next load brings it here
      keep(key, entry, tags, now);
    }
  }

  @Override
  public Lease lease(TierKey key, long waitNanos, long waitedNanos) {
    return new LocalLease(key, this);
  }

  @Override
  public Lease tryLease(TierKey key) {
    return new LocalLease(key, this);
  }

  @Override
  public void invalidate(String cache, KeyHash group) {
    forget(cache, group);
    listener.forgetKey(cache, group);
  }

  @Override
  public void invalidateTag(String cache, String tag) {
    forgetTag(cache, tag);
    listener.forgetTag(cache, tag);
  }

  @Override
  public void clear(String cache) {
    forgetAll(cache);
    listener.forgetCache(cache);
  }

  /** {@link #invalidate}, and nobody is told. */
  void forget(String cache, KeyHash group) {
    of(cache).tier().invalidate(group);
  }

  /** {@link #invalidateTag}, and nobody is told. */
  void forgetTag(String cache, String tag) {
    store.invalidateTag(cache, tag);
  }

  /** {@link #clear}, and nobody is told. */
  void forgetAll(String cache) {
    var unused = of(cache).later().clear();
  }

  @Override
  public void clearOwn() {
    store.invalidateAll();
  }

  @Override
  public long longestLifeNanos() {
    return Long.MAX_VALUE;
  }

  /** What is done at the end. */
  DiskEnd end() {
    return end;
  }

  /** Writes what waits, for as long as that may take, and closes the files. */
  @Override
  public void close() {
    end.run();
  }

  /** Ends while the application goes on: nobody will know what it invalidates from now on. */
  void abandon() {
    store.invalidateAll();
    close();
  }
}
