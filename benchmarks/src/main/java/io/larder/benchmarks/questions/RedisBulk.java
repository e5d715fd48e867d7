package io.larder.benchmarks.questions;

import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Goal;
import io.larder.benchmarks.paired.Question;
import io.larder.runtime.codec.AllowedClasses;
import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.codec.KeyCodec;
import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.codec.ValueCodec;
import io.larder.runtime.codec.ValueCodecs;
import io.larder.runtime.model.Entry;
import io.larder.runtime.redis.RedisBackend;
import io.larder.runtime.redis.RedisSettings;
import io.larder.runtime.redis.RedisUri;
import io.larder.runtime.shared.CoherenceListener;
import io.larder.runtime.shared.RedisTier;
import io.larder.runtime.shared.SharedSettings;
import io.larder.runtime.shared.SharedStore;
import io.larder.runtime.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A hundred entries from Larder's Redis tier at once, beside a hundred looks of the same tier. No
 * woven method asks for several keys, so the tier is asked itself.
 */
final class RedisBulk implements Question {

  private static final String SINGLE = "100 single gets";
  private static final int KEYS = 100;

  @Override
  public String id() {
    return "redis-bulk";
  }

  @Override
  public String title() {
    return "bulk get of 100 keys from Redis";
  }

  @Override
  public boolean needsRedis() {
    return true;
  }

  @Override
  public boolean isWoven() {
    return false;
  }

  @Override
  public List<Contestant> contestants() {
    try {
      Asked asked = new Asked();
      return List.of(
          new Contestant(SINGLE, asked::single), new Contestant("Larder", asked::together));
    } catch (NotStorableException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public List<Goal> goals() {
    return List.of(Goal.timesFaster(SINGLE, 10));
  }

  @Override
  public int operations() {
    return 2;
  }

  private static final class Asked {

    private final List<TierKey> keys = new ArrayList<>();
    private final RedisTier tier;

    Asked() throws NotStorableException {
      ValueCodec codec =
          ValueCodecs.of(
              "auto", RedisBulk.class.getClassLoader(), Product.class, AllowedClasses.none());
      for (long id = 0; id < KEYS; id++) {
        KeyHash hash = KeyCodec.group(id);
        keys.add(new TierKey("redis-bulk", hash, hash, codec, /* ttlMillis= */ 0));
      }
      Clock clock = new ExactClock();
      // A busy machine must not open the circuit breaker: then there would be nothing to measure.
      RedisSettings settings =
          RedisSettings.of(RedisUri.parse(RawRedis.uri())).withDeadline(Duration.ofSeconds(1));
      RedisBackend backend = RedisBackend.open(settings, clock, fingerprint -> {});
      SharedStore store =
          new SharedStore(
              backend,
              backend::subscribe,
              () -> backend.state().health(),
              SharedSettings.of("bulk"),
              EnvelopeFormat.plain(),
              clock,
              new Deaf());
      backend.addListener(store);
      store.start();
      tier = store.tier("redis-bulk");
      fill(clock);
    }

    /** Until Redis has all: it has none before the store is connected. */
    private void fill(Clock clock) {
      long deadline = clock.nanos() + TimeUnit.SECONDS.toNanos(20);
      while (tier.getAll(keys).size() < KEYS) {
        if (clock.nanos() - deadline > 0) {
          throw new IllegalStateException("nothing can be stored at " + RawRedis.uri());
        }
        for (int id = 0; id < KEYS; id++) {
          tier.put(keys.get(id), new Entry(Product.of(id), clock.nanos(), 1_000, 0));
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }

    long together(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        found += tier.getAll(keys).size();
      }
      return checked(found, operations);
    }

    long single(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        for (TierKey key : keys) {
          found += tier.get(key) == null ? 0 : 1;
        }
      }
      return checked(found, operations);
    }

    /** One in a hundred rounds may be in doubt on a busy machine; more is no measurement. */
    private static long checked(long found, int operations) {
      if (found < (long) operations * KEYS / 2) {
        throw new IllegalStateException("Redis answered only " + found);
      }
      return found;
    }
  }

  /** There is no memory that could forget. */
  private static final class Deaf implements CoherenceListener {
    @Override
    public void forgetKey(String cache, KeyHash group) {}

    @Override
    public void forgetTag(String cache, String tag) {}

    @Override
    public void forgetCache(String cache) {}

    @Override
    public void doubtful() {}

    @Override
    public void coherent() {}
  }
}
