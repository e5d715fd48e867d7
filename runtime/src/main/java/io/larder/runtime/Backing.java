package io.larder.runtime;

import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.codec.Rehearsal;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.coordinator.PassingOn;
import io.larder.runtime.coordinator.SlowTiers;
import io.larder.runtime.logging.Log;
import io.larder.runtime.policy.DiskOptions;
import io.larder.runtime.policy.RedisOptions;
import io.larder.runtime.shared.CoherenceListener;
import io.larder.runtime.thread.DaemonThreads;
import io.larder.runtime.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What stands behind the memory of all caches: Redis, the disk, both, or nothing. Opened once, in
 * the background. Thread-safe.
 */
final class Backing {

  private static final Logger logger = Log.logger(Backing.class);

  private final CacheRegistry registry;
  private final Clock clock;
  private final @Nullable Listener listener;

  /** Guarded by this, as all that follows. */
  private @Nullable RedisOptions redisOptions;

  private @Nullable DiskOptions diskOptions;
  private @Nullable RedisTiers redis;
  private @Nullable DiskTiers disk;

  /** Is told of what is opened; must be quick. */
  interface Listener {
    /** Redis is being connected. */
    void opened(RedisTiers redis);

    /** The files are being opened. */
    void opened(DiskTiers disk);
  }

  /** Nothing, behind these caches. */
  Backing(CacheRegistry registry, Clock clock, @Nullable Listener listener) {
    this.registry = registry;
    this.clock = clock;
    this.listener = listener;
  }

  /** Opens what is asked for, the first time; later it only says that this does not hold yet. */
  synchronized void open(RedisOptions ofRedis, DiskOptions ofDisk) {
    if (redisOptions == null || diskOptions == null) {
      redisOptions = ofRedis;
      diskOptions = ofDisk;
      openAll(ofRedis, ofDisk);
      return;
    }
    warnOfChange("Redis", !redisOptions.equals(ofRedis));
    warnOfChange("the disk", !diskOptions.equals(ofDisk));
  }

  private static void warnOfChange(String what, boolean changed) {
    if (changed) {
      logger.warn("What is said about {} has changed; it holds from the next start on.", what);
    }
  }

  private void openAll(RedisOptions ofRedis, DiskOptions ofDisk) {
    CoherenceListener here = new ForgettingHere(registry);
    DiskTiers kept = ofDisk.directory() == null ? null : openDisk(ofDisk, here);
    Hearing hearing =
        kept == null || ofRedis.uri() == null
            ? null
            : new Hearing(kept, ofDisk.fallback(), clock, here);
    RedisTiers shared =
        ofRedis.uri() == null ? null : openRedis(ofRedis, hearing == null ? here : hearing);
    disk = kept;
    redis = shared;
    SlowTiers tiers = kept == null ? shared : kept;
    if (kept != null && hearing != null && shared != null) {
      List<String> allowed = new ArrayList<>(ofRedis.allow());
      allowed.addAll(ofDisk.allow());
      tiers = LayeredTiers.of(shared, kept, hearing, new ResultCodecs(allowed));
    }
    if (tiers != null) {
      registry.setSlowTiers(tiers);
      registry.setInvalidationListener(new PassingOn(tiers, registry));
    }
    if (shared != null) {
      rehearse(shared.format());
    } else if (kept != null) {
      rehearse(kept.format());
    }
    if (kept != null && ofDisk.warmStart()) {
      kept.warm(new HottestKeys(registry));
    }
    if (listener != null && shared != null) {
      listener.opened(shared);
    }
    if (listener != null && kept != null) {
      listener.opened(kept);
    }
  }

  private static void rehearse(EnvelopeFormat format) {
    DaemonThreads.newThread("rehearsal", new Rehearsal(format)).start();
  }

  private @Nullable DiskTiers openDisk(DiskOptions options, CoherenceListener told) {
    try {
      return DiskTiers.open(options, clock, told);
    } catch (IllegalArgumentException | LinkageError wrong) {
      logger.error("The disk is not used: {}", wrong.getMessage());
      return null;
    }
  }

  private @Nullable RedisTiers openRedis(RedisOptions options, CoherenceListener told) {
    try {
      return RedisTiers.open(told, options, clock);
    } catch (IllegalArgumentException | LinkageError wrong) {
      logger.error("Redis is not used: {}", wrong.getMessage());
      return null;
    }
  }

  /** {@code null} if there is none. */
  synchronized @Nullable RedisTiers redis() {
    return redis;
  }

  /** {@code null} if there is none. */
  synchronized @Nullable DiskTiers disk() {
    return disk;
  }

  /** Ends while the application goes on: what is on disk is void, as nobody keeps it in step. */
  synchronized void abandon() {
    if (redis != null) {
      redis.close();
    }
    if (disk != null) {
      disk.abandon();
    }
  }
}
