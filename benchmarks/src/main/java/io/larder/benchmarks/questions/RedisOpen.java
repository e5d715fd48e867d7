package io.larder.benchmarks.questions;

import io.larder.Cached;
import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Goal;
import io.larder.benchmarks.paired.Question;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.SaveMode;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A miss of a shared cache whose Redis is gone, beside a miss of a cache that has none. The bodies
 * take some microseconds, so that Larder would ask Redis if it could.
 */
final class RedisOpen implements Question {

  private static final String LOCAL = "a cache without Redis";

  @Override
  public String id() {
    return "redis-open";
  }

  @Override
  public String title() {
    return "miss while Redis is away";
  }

  @Override
  public boolean needsRedis() {
    return true;
  }

  @Override
  public List<Contestant> contestants() {
    Shop.awaitSharing();
    try (Jedis admin = new Jedis(URI.create(RawRedis.uri()))) {
      admin.shutdown(SaveMode.NOSAVE);
    } catch (JedisException gone) {
      // as it should be
    }
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(4)); // until Larder knows
    return List.of(new Contestant(LOCAL, Shop::blockLocal), new Contestant("Larder", Shop::block));
  }

  @Override
  public List<Goal> goals() {
    return List.of(Goal.nanosMore(LOCAL, 1_000, "at most 1 us more"));
  }

  @Override
  public int operations() {
    return 100;
  }

  @Override
  public boolean expectsHits() {
    return false;
  }

  static final class Shop {

    private static long next;
    private static int bodies;

    private Shop() {}

    @Cached(name = "redis-open", maximumEntries = 1_000)
    static Long shared(long key) {
      bodies++;
      return work(key);
    }

    @Cached(name = "redis-open-local", maximumEntries = 1_000, tiers = "memory")
    static Long local(long key) {
      return work(key);
    }

    @Cached(name = "redis-open-probe", maximumEntries = 1, write = "through")
    static Long probe(long key) {
      bodies++;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
      return key;
    }

    /** Some microseconds, the same for both. */
    private static long work(long key) {
      long start = System.nanoTime();
      while (System.nanoTime() - start < 3_000) {
        Thread.onSpinWait();
      }
      return key;
    }

    /** Redis has to be known before it goes, else nobody would ask it anyway. */
    static void awaitSharing() {
      for (int attempt = 0; attempt < 200; attempt++) {
        bodies = 0;
        for (long key = 0; key < 10; key++) {
          Long unused = probe(key);
        }
        if (bodies == 0) {
          return;
        }
      }
      throw new IllegalStateException("Larder does not share with " + RawRedis.uri());
    }

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        found += shared(next++);
      }
      return found;
    }

    static long blockLocal(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        found += local(next++);
      }
      return found;
    }
  }
}
