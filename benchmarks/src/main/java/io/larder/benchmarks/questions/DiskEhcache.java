package io.larder.benchmarks.questions;

import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Goal;
import io.larder.benchmarks.paired.Question;
import java.nio.ByteBuffer;
import java.util.List;
import org.ehcache.Cache;
import org.ehcache.config.ResourcePools;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.EntryUnit;
import org.ehcache.config.units.MemoryUnit;
import org.ehcache.spi.serialization.Serializer;

/**
 * A call whose result the disk has and memory has not, beside Ehcache's disk tier with the same
 * values: alone, and behind a heap tier of one entry, as Larder's. Ehcache is given Larder's codec;
 * with its own, the serialization of the JDK, it would be slower. It keeps no checksums.
 */
final class DiskEhcache implements Question {

  private static final String DISK = "Ehcache, disk tier alone";
  private static final String TIERS = "Ehcache, a heap of one entry and disk";

  @Override
  public String id() {
    return "disk-ehcache";
  }

  @Override
  public String title() {
    return "miss in memory, hit on disk, against Ehcache";
  }

  @Override
  public String cache() {
    return new DiskHit().id();
  }

  @Override
  public boolean needsDisk() {
    return true;
  }

  @Override
  public List<Contestant> contestants() {
    DiskShop.fill(DiskHit.Shop::find);
    ResourcePoolsBuilder none = ResourcePoolsBuilder.newResourcePoolsBuilder();
    Ehcache disk = new Ehcache("ehcache-disk", none.disk(64, MemoryUnit.MB, true).build());
    Ehcache tiers =
        new Ehcache(
            "ehcache-tiers", none.heap(1, EntryUnit.ENTRIES).disk(64, MemoryUnit.MB, true).build());
    return List.of(
        new Contestant(DISK, disk::block),
        new Contestant(TIERS, tiers::block),
        new Contestant("Larder", DiskHit.Shop::block));
  }

  @Override
  public List<Goal> goals() {
    return List.of(Goal.atMost(DISK, 1), Goal.atMost(TIERS, 1));
  }

  @Override
  public int operations() {
    return 500;
  }

  private static final class Ehcache {

    private final Cache<Long, Product> cache;
    private int next;

    Ehcache(String directory, ResourcePools pools) {
      cache =
          CacheManagerBuilder.newCacheManagerBuilder()
              .with(CacheManagerBuilder.persistence(RawDisk.directory(directory).toFile()))
              .withCache(
                  "products",
                  CacheConfigurationBuilder.newCacheConfigurationBuilder(
                          Long.class, Product.class, pools)
                      .withValueSerializer(new ProductSerializer()))
              .build(/* init= */ true)
              .getCache("products", Long.class, Product.class);
      for (long id = 0; id < DiskShop.KEYS; id++) {
        cache.put(id, Product.of(id));
      }
    }

    long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        next = (next + 1) % DiskShop.KEYS;
        found += DiskShop.counts(cache.get((long) next), next);
      }
      if (found < operations / 2) {
        throw new IllegalStateException("Ehcache found only " + found);
      }
      return found;
    }
  }

  private static final class ProductSerializer implements Serializer<Product> {

    private final StoredProducts products = new StoredProducts();

    @Override
    public ByteBuffer serialize(Product product) {
      return ByteBuffer.wrap(products.payload(product));
    }

    @Override
    public Product read(ByteBuffer binary) throws ClassNotFoundException {
      byte[] payload = new byte[binary.remaining()];
      binary.get(payload);
      if (products.product(payload) instanceof Product product) {
        return product;
      }
      throw new ClassNotFoundException("not a product");
    }

    @Override
    public boolean equals(Product product, ByteBuffer binary) throws ClassNotFoundException {
      return product.equals(read(binary));
    }
  }
}
