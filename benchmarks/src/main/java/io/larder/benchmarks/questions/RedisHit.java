package io.larder.benchmarks.questions;

import io.larder.Cached;
import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Goal;
import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.paired.Workload;
import io.larder.runtime.codec.KeyHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.RedisClient;

/**
 * A call whose result Redis has and memory has not, beside a pooled Jedis that gets the same bytes
 * and decodes them with the same code.
 */
final class RedisHit implements Question {

  private static final String RAW = "pooled Jedis GET + decode";
  private static final int KEYS = 64;

  @Override
  public String id() {
    return "redis-hit";
  }

  @Override
  public String title() {
    return "miss in memory, hit in Redis";
  }

  @Override
  public boolean needsRedis() {
    return true;
  }

  @Override
  public List<Contestant> contestants() {
    Shop.fillRedis();
    Raw raw = new Raw();
    return List.of(new Contestant(RAW, raw::block), new Contestant("Larder", Shop::block));
  }

  @Override
  public List<Goal> goals() {
    return List.of(Goal.atMost(RAW, 1.15));
  }

  @Override
  public int operations() {
    return 50;
  }

  private static final class Raw {

    private final RedisClient client = RawRedis.connect();
    private final StoredProducts products = new StoredProducts();
    private final byte[][] keys = new byte[KEYS][];
    private final KeyHash[] hashes = new KeyHash[KEYS];
    private int next;

    Raw() {
      for (int i = 0; i < KEYS; i++) {
        // As long as Larder's own names.
        keys[i] = "raw:e:{redis-hit:%032x}".formatted(i).getBytes(StandardCharsets.UTF_8);
        hashes[i] = KeyHash.of(keys[i]);
        String unused = client.set(keys[i], products.envelope(i, hashes[i]));
      }
    }

    long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        next = (next + 1) % KEYS;
        if (products.read(client.get(keys[next]), hashes[next]) instanceof Product product
            && product.id() == next) {
          found++;
        }
      }
      return found;
    }
  }

  static final class Shop {

    private static int bodies;
    private static int calls;
    private static int next;

    private Shop() {}

    /** Memory holds one entry: with keys in a cycle it never has the next one. */
    @Cached(name = "redis-hit", maximumEntries = 1, write = "through")
    static Product find(long id) {
      bodies++;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10)); // else Redis would not pay
      return Product.of(id);
    }

    /** Until Redis has all: it has none before Larder is connected. */
    static void fillRedis() {
      for (int attempt = 0; attempt < 20; attempt++) {
        bodies = 0;
        for (int i = 0; i < KEYS; i++) {
          Product unused = find(i);
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
        next = (next + 1) % KEYS;
        Product product = find(next);
        if (product.id() == next && !Workload.isSentinel(product)) {
          found++;
        }
      }
      calls += operations;
      if (bodies > 100 + calls / 20) { // some, when the machine is busy: the median ignores them
        throw new IllegalStateException(
            "Redis did not answer: the method ran %d of %d times".formatted(bodies, calls));
      }
      return found;
    }
  }
}
