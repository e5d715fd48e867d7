package io.larder.runtime;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.codec.ValueCodec;
import io.larder.runtime.coordinator.SlowTiers;
import io.larder.runtime.model.Entry;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Redis and the disk, or one of them beside the other. Thread-safe.
 *
 * <p>What this JVM invalidates of caches that others share goes to Redis, and comes back from there
 * at once to {@link Hearing}, which has the disk forget it: so it is known on disk when the call
 * returns, as is what other JVMs invalidate.
 */
final class LayeredTiers implements SlowTiers {

  private final RedisTiers redis;
  private final DiskTiers disk;
  private final Hearing hearing;
  private final ResultCodecs codecs;
  private final TierChoice choice;

  /** By what they name. */
  private final Map<TierChoice, LayeredTiers> others;

  private LayeredTiers(
      RedisTiers redis,
      DiskTiers disk,
      Hearing hearing,
      ResultCodecs codecs,
      TierChoice choice,
      Map<TierChoice, LayeredTiers> others) {
    this.redis = redis;
    this.disk = disk;
    this.hearing = hearing;
    this.codecs = codecs;
    this.choice = choice;
    this.others = others;
  }

  /**
   * Both.
   *
   * @param hearing told by Redis
   */
  static LayeredTiers of(RedisTiers redis, DiskTiers disk, Hearing hearing, ResultCodecs codecs) {
    TierChoice both =
        new TierChoice(/* hasRedis= */ true, /* hasDisk= */ true, /* isDiskFirst= */ true);
    return new LayeredTiers(redis, disk, hearing, codecs, both, new ConcurrentHashMap<>());
  }

  @Override
  public @Nullable SlowTiers among(List<String> names) {
    TierChoice named = TierChoice.of(names);
    return named.hasRedis() || named.hasDisk()
        ? others.computeIfAbsent(
            named, some -> new LayeredTiers(redis, disk, hearing, codecs, some, others))
        : null;
  }

  @Override
  public boolean reachOthers() {
    return choice.hasRedis();
  }

  @Override
  public ValueCodec codecOf(String name, @Nullable ClassLoader loader, Type returned)
      throws NotStorableException {
    return codecs.codecOf(name, loader, returned);
  }

  @Override
  public Stamp stamp() {
    long session = session();
    return new Stamp(redis.stamp().shared(), disk.stamp().kept(), session);
  }

  /** Of which session an entry on disk has to be; {@link Hearing#NONE} if none counts. */
  private long session() {
    return hearing.session(redis.isAway());
  }

  /**
   * The key of a session: what is stored under it is not found in another one, nor where nothing is
   * shared.
   */
  private TierKey keyOf(TierKey key, long session) {
    if (!choice.hasRedis()) {
      return key;
    }
    KeyHash identity = key.identity();
    return new TierKey(
        key.cache(),
        key.group(),
        new KeyHash(identity.high() ^ session, identity.low() ^ Long.rotateLeft(session, 32)),
        key.codec(),
        key.ttlMillis());
  }

  private boolean isDiskOfUse() {
    return choice.hasDisk() && !disk.isAway() && (!choice.hasRedis() || session() != Hearing.NONE);
  }

  @Override
  public boolean areAway(String cache) {
    if (isDiskOfUse()) {
      return false;
    }
    if (choice.hasDisk()) {
      disk.of(cache).leftOut();
    }
    return !choice.hasRedis() || redis.areAway(cache);
  }

  @Override
  public void keptLocal(String cache, String reason) {
    if (choice.hasRedis()) {
      redis.keptLocal(cache, reason);
    }
    if (choice.hasDisk()) {
      disk.keptLocal(cache, reason);
    }
  }

  @Override
  public Refusals refusals(String cache) {
    return choice.hasRedis() ? redis.refusals(cache) : disk.refusals(cache);
  }

  @Override
  public @Nullable Found get(TierKey key, long loadNanos) {
    if (choice.isDiskFirst()) {
      Found found = kept(key, loadNanos);
      return found == null && choice.hasRedis() ? shared(key, loadNanos) : found;
    }
    Found found = choice.hasRedis() ? shared(key, loadNanos) : null;
    return found == null ? kept(key, loadNanos) : found;
  }

  private @Nullable Found kept(TierKey key, long loadNanos) {
    if (!choice.hasDisk()) {
      return null;
    }
    long session = session();
    if (choice.hasRedis() && session == Hearing.NONE) {
      disk.of(key.cache()).leftOut();
      return null;
    }
    return disk.get(keyOf(key, session), loadNanos);
  }

  /** What Redis has; the disk gets it, too, if it is the one that is asked first. */
  private @Nullable Found shared(TierKey key, long loadNanos) {
    Stamp before = stamp(); // what is invalidated from now on is newer
    Found found = redis.areAway(key.cache()) ? null : redis.get(key, loadNanos);
    if (found != null && choice.isDiskFirst() && before.session() != Hearing.NONE) {
      disk.keep(keyOf(key, before.session()), found, before.kept());
    }
    return found;
  }

  @Override
  public @Nullable Found newest(TierKey key) {
    return choice.hasRedis() ? shared(key, /* loadNanos= */ 0) : disk.newest(key);
  }

  @Override
  public void put(TierKey key, Entry entry, Stamp stamp, boolean behind, long waitedNanos) {
    keep(key, entry, stamp);
    if (choice.hasRedis()) {
      redis.put(key, entry, stamp, behind, waitedNanos);
    }
  }

  private void keep(TierKey key, Entry entry, Stamp stamp) {
    if (isDiskOfUse() && (!choice.hasRedis() || stamp.session() != Hearing.NONE)) {
      disk.put(keyOf(key, stamp.session()), entry, stamp, /* later= */ true, /* waitedNanos= */ 0);
    }
  }

  @Override
  public void replace(TierKey key, Entry entry, Stamp stamp) {
    if (choice.hasDisk() && (!choice.hasRedis() || stamp.session() != Hearing.NONE)) {
      disk.replace(keyOf(key, stamp.session()), entry, stamp);
    } else {
      disk.forget(key.cache(), key.group());
    }
    if (choice.hasRedis()) {
      redis.replace(key, entry, stamp);
    }
  }

  @Override
  public Lease lease(TierKey key, long waitNanos, long waitedNanos) {
    return choice.hasRedis()
        ? new KeepingLease(key, redis.lease(key, waitNanos, waitedNanos))
        : disk.lease(key, waitNanos, waitedNanos);
  }

  @Override
  public @Nullable Lease tryLease(TierKey key) {
    if (!choice.hasRedis()) {
      return disk.tryLease(key);
    }
    Lease granted = redis.tryLease(key);
    return granted == null ? null : new KeepingLease(key, granted);
  }

  /** A lease of Redis whose result goes to disk, too. */
  private final class KeepingLease implements Lease {

    private final TierKey key;
    private final Lease granted;

    KeepingLease(TierKey key, Lease granted) {
      this.key = key;
      this.granted = granted;
    }

    @Override
    public @Nullable Found found() {
      return granted.found();
    }

    @Override
    public void loaded(Entry entry, Stamp stamp, long waitedNanos) {
      keep(key, entry, stamp);
      granted.loaded(entry, stamp, waitedNanos);
    }

    @Override
    public void released() {
      granted.released();
    }
  }

  @Override
  public void invalidate(String cache, KeyHash group) {
    if (!choice.hasRedis()) {
      disk.invalidate(cache, group);
      return;
    }
    try {
      redis.invalidate(cache, group);
    } catch (RuntimeException | Error bug) { // then nobody told the disk
      disk.forget(cache, group);
      throw bug;
    }
  }

  @Override
  public void invalidateTag(String cache, String tag) {
    if (!choice.hasRedis()) {
      disk.invalidateTag(cache, tag);
      return;
    }
    try {
      redis.invalidateTag(cache, tag);
    } catch (RuntimeException | Error bug) { // as above
      disk.forgetTag(cache, tag);
      throw bug;
    }
  }

  @Override
  public void clear(String cache) {
    if (!choice.hasRedis()) {
      disk.clear(cache);
      return;
    }
    try {
      redis.clear(cache);
    } catch (RuntimeException | Error bug) { // as above
      disk.forgetAll(cache);
      throw bug;
    }
  }

  @Override
  public void clearOwn() {
    disk.clearOwn();
  }

  @Override
  public long longestLifeNanos() {
    return choice.hasRedis() ? redis.longestLifeNanos() : Long.MAX_VALUE;
  }
}
