package io.larder.it.apps.docs;

import io.larder.CacheIgnore;
import io.larder.CacheInvalidate;
import io.larder.CachePut;
import io.larder.Cached;
import io.larder.Instances;
import io.larder.Larder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What docs/invalidation.md shows: methods that forget and put. */
final class Catalogue {

  record Brand(String id) {}

  record Product(long id, String name, Brand brand) {}

  private static final Map<Long, Product> TABLE = new TreeMap<>();

  /** How often the table was read. */
  private int reads;

  Catalogue() {
    TABLE.put(1L, new Product(1, "chair", new Brand("oak")));
    TABLE.put(2L, new Product(2, "table", new Brand("oak")));
  }

  int reads() {
    return reads;
  }

  // begin: key
  @Cached(name = "products")
  Product find(long id) {
    return row(id);
  }

  @CacheInvalidate(cache = "products")
  void delete(long id) {
    deleteRow(id);
  }

  @CacheInvalidate(cache = "products", key = "product.id")
  void rename(Product product, String name) {
    write(new Product(product.id(), name, product.brand()));
  }

  @CacheInvalidate(cache = "products", all = true)
  @CacheInvalidate(
      cache = "names",
      key = {})
  void importAll(@CacheIgnore List<Product> products) {
    products.forEach(this::write);
  }

  // end: key

  @Cached(name = "names")
  List<String> names() {
    reads++;
    return TABLE.values().stream().map(Product::name).toList();
  }

  // begin: when
  @CacheInvalidate(cache = "products", when = CacheInvalidate.When.BEFORE)
  Product refresh(long id) {
    return find(id);
  }

  @CacheInvalidate(cache = "products", onFailure = true)
  void reserve(long id, @CacheIgnore int amount) {
    if (amount > stock(id)) {
      throw new IllegalStateException("sold out");
    }
  }

  // end: when

  // begin: tags
  @Cached(
      name = "pages",
      tags = {"product:{id}", "brand:{result.brand.id}"})
  Product page(long id, String language) {
    return row(id);
  }

  @Cached(name = "lists", tags = "product:{result.id}")
  List<Product> ofBrand(String brand) {
    return rows(brand);
  }

  @CacheInvalidate(tags = "product:{product.id}")
  void change(Product product) {
    write(product);
  }

  @CacheInvalidate(cache = "pages", tags = "brand:{brand}")
  void redesign(String brand) {}

  boolean forget(long product) {
    return Larder.invalidateTag("product:" + product);
  }

  // end: tags

  // begin: put
  @Cached(name = "stock", instances = Instances.INTERCHANGEABLE)
  int stock(long product) {
    return 10 * Math.toIntExact(row(product).id());
  }

  @CachePut(cache = "stock", key = "product")
  int sell(long product, int amount) {
    return takeFromStock(product, amount);
  }

  @CachePut(cache = "products", key = "result.id")
  Product create(String name, Brand brand) {
    return write(new Product(nextId(), name, brand));
  }

  // end: put

  private static int takeFromStock(long product, int amount) {
    return 10 * Math.toIntExact(product) - amount;
  }

  private static long nextId() {
    return TABLE.size() + 1L;
  }

  private Product row(long id) {
    reads++;
    return TABLE.get(id);
  }

  private List<Product> rows(String brand) {
    reads++;
    return TABLE.values().stream().filter(row -> row.brand().id().equals(brand)).toList();
  }

  private Product write(Product product) {
    TABLE.put(product.id(), product);
    return product;
  }

  private static void deleteRow(long id) {
    TABLE.remove(id);
  }
}
