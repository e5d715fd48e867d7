package io.larder.runtime;

import io.larder.runtime.codec.AllowedClasses;
import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.codec.ValueCodec;
import io.larder.runtime.codec.ValueCodecs;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.coordinator.SlowTiers;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Lineage;
import io.larder.runtime.model.Tag;
import io.larder.runtime.policy.RedisOptions;
import io.larder.runtime.redis.RedisBackend;
import io.larder.runtime.redis.RedisSettings;
import io.larder.runtime.shared.CoherenceListener;
import io.larder.runtime.shared.LoadLease;
import io.larder.runtime.shared.RedisTier;
import io.larder.runtime.shared.SharedEntry;
import io.larder.runtime.shared.SharedMethod;
import io.larder.runtime.shared.SharedSettings;
import io.larder.runtime.shared.SharedStore;
import io.larder.runtime.shared.Turn;
import io.larder.runtime.time.Clock;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Redis behind the memory of all caches. Thread-safe. */
final class RedisTiers implements SlowTiers, AutoCloseable {

  /** Of so many looks that a slower answer than the method's makes futile, one is done anyway. */
  private static final int TRY_AGAIN = 64;

  private final RedisBackend backend;
  private final String address;
  private final SharedStore store;
  private final AllowedClasses allowed;
  private final long offlineNanos;
  private final Map<String, RedisTier> tiers = new ConcurrentHashMap<>();
  private volatile boolean coherent;

  /** About how long a look takes. Racy on purpose: each value it ever has was measured. */
  private volatile long lookNanos;

  private int futile;

  private RedisTiers(
      CacheRegistry registry,
      RedisBackend backend,
      String address,
      RedisOptions options,
      Clock clock) {
    this.backend = backend;
    this.address = address;
    this.allowed = new AllowedClasses(new LinkedHashSet<>(options.allow()));
    this.offlineNanos = options.offlineTtl().toNanos();
    this.store =
        new SharedStore(
            backend,
            backend::subscribe,
            () -> backend.state().health(),
            SharedSettings.of(options.keyPrefix()),
            RedisConfiguration.format(options),
            clock,
            new Heard(registry));
  }

  /**
   * Begins to connect, in the background.
   *
   * @throws IllegalArgumentException if an option does not fit; the message shows no credentials
   */
  static RedisTiers open(CacheRegistry registry, RedisOptions options, Clock clock) {
    RedisSettings settings = RedisConfiguration.settings(options);
    RedisBackend backend = RedisBackend.open(settings, clock, fingerprint -> {});
    RedisTiers tiers = new RedisTiers(registry, backend, settings.uri().toString(), options, clock);
    backend.addListener(tiers.store);
    tiers.store.start();
    return tiers;
  }

  RedisBackend backend() {
    return backend;
  }

  /** Of its servers, without credentials. */
  String address() {
    return address;
  }

  private RedisTier tier(String cache) {
    return tiers.computeIfAbsent(cache, store::tier);
  }

  @Override
  public ValueCodec codecOf(String name, @Nullable ClassLoader loader, Type returned)
      throws NotStorableException {
    return ValueCodecs.of(
        name,
        Objects.requireNonNullElse(loader, ClassLoader.getPlatformClassLoader()),
        returned,
        allowed);
  }

  @Override
  public long stamp() {
    return store.stamp();
  }

  @Override
  public @Nullable Found get(TierKey key, long loadNanos) {
    if (loadNanos > 0 && lookNanos > loadNanos && ++futile % TRY_AGAIN != 0) {
      return null;
    }
    long start = System.nanoTime();
    SharedEntry found = tier(key.cache()).read(keyOf(key));
    long took = System.nanoTime() - start;
    long before = lookNanos;
    lookNanos = before == 0 ? took : before + (took - before) / 8;
    return found == null ? null : foundOf(found);
  }

  private static Found foundOf(SharedEntry found) {
    return new Found(found.entry(), found.tags());
  }

  private static io.larder.runtime.shared.TierKey keyOf(TierKey key) {
    return new io.larder.runtime.shared.TierKey(
        new SharedMethod(
            key.cache(),
            key.codec(),
            key.identity().toString(),
            key.ttlMillis() == 0 ? null : Duration.ofMillis(key.ttlMillis())),
        key.group());
  }

  @Override
  public void put(TierKey key, Entry entry, long stamp, boolean behind) {
    boolean unused = tier(key.cache()).store(keyOf(key), entry, tagsOf(entry), stamp);
  }

  @Override
  public void replace(TierKey key, Entry entry, long stamp) {
    boolean unused = tier(key.cache()).replace(keyOf(key), entry, tagsOf(entry), stamp);
  }

  private static List<String> tagsOf(Entry entry) {
    Lineage lineage = entry.lineage();
    return lineage == null ? List.of() : lineage.tags().stream().map(Tag::name).toList();
  }

  @Override
  public Lease lease(TierKey key, long waitNanos) {
    RedisTier tier = tier(key.cache());
    Turn turn = store.leases().awaitTurn(keyOf(key), tier, Duration.ofNanos(waitNanos));
    return new TakenTurn(tier, key, turn);
  }

  /** A turn to load, or what another JVM loaded. */
  private record TakenTurn(RedisTier tier, TierKey key, Turn turn) implements Lease {

    @Override
    public @Nullable Found found() {
      SharedEntry landed = turn.landed();
      return landed == null ? null : foundOf(landed);
    }

    @Override
    public void loaded(Entry entry, long stamp) {
      LoadLease lease = turn.lease();
      boolean unused =
          lease == null
              ? tier.store(keyOf(key), entry, tagsOf(entry), stamp)
              : tier.store(keyOf(key), entry, tagsOf(entry), stamp, lease);
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
    store.invalidate(cache, group);
  }

  @Override
  public void invalidateTag(String cache, String tag) {
    store.invalidateTag(cache, tag);
  }

  @Override
  public void clear(String cache) {
    store.invalidateAll(cache);
  }

  @Override
  public long longestLifeNanos() {
    return coherent ? Long.MAX_VALUE : offlineNanos;
  }

  @Override
  public void close() {
    store.close();
    backend.close();
  }

  /** Does in this JVM's memory what others did, or may have done. */
  private final class Heard implements CoherenceListener {

    private final CacheRegistry registry;

    Heard(CacheRegistry registry) {
      this.registry = registry;
    }

    @Override
    public void forgetKey(String cache, KeyHash key) {
      registry.forget(cache, key);
    }

    @Override
    public void forgetTag(String cache, String tag) {
      registry.forgetTag(cache, tag);
    }

    @Override
    public void forgetCache(String cache) {
      registry.forgetAll(cache);
    }

    @Override
    public void landed(String cache, KeyHash key) {} // who waits for it is woken by the leases

    @Override
    public void doubtful() {
      coherent = false;
      registry.doubt();
    }

    @Override
    public void coherent() {
      coherent = true;
      registry.doubt();
    }
  }
}
