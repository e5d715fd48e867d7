package io.larder.it.apps.invalidation;

import io.larder.CacheIgnore;
import io.larder.CacheInvalidate;
import io.larder.CacheKey;
import io.larder.CachePut;
import io.larder.Cached;
import io.larder.Larder;
import io.larder.it.apps.Probe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Methods that invalidate and put by annotation, each way once. */
public final class Annotated {

  /** What is sold. */
  public record Product(long id, String name, List<String> brands) {}

  private final Map<Long, String> names = new HashMap<>();
  private long lastId = 100;

  private Annotated() {}

  public static void main(String[] arguments) {
    new Annotated().byKey();
    new Annotated().all();
    new Annotated().whenItThrows();
    new Annotated().before();
    new Annotated().kinds();
    new Annotated().tags();
    new Annotated().puts();
    new Annotated().putsThatCannotBeTold();
    Annotated broken = new Annotated();
    Probe.calls("broken", () -> broken.read(1), () -> broken.misnamed(5), () -> broken.read(1));
    Probe.say("cachedToo", new Annotated().cachedToo(1) + new Annotated().cachedToo(1));
    Probe.say("cachedToo.bodies", Probe.bodies("cachedToo"));
  }

  private String runs(String what) {
    Probe.body(what);
    return what + Probe.bodies(what);
  }

  private void byKey() {
    String before = read(1) + read(2) + two("a", 3);
    rename(1, "ignored");
    Probe.say("key.parameters", before + " " + read(1) + read(2) + two("a", 3));
    renameWhole(new Product(2, "a", List.of()), 3);
    Probe.say("key.paths", read(1) + read(2) + two("a", 3));
    Probe.say("key.ofResult", create() + read(101));
    create();
    Probe.say("key.ofResult.after", read(101) + " " + read(102));
  }

  @Cached(name = "reads")
  String read(long id) {
    return runs("read" + id + "v");
  }

  @Cached(name = "twos")
  String two(String name, int number) {
    return runs("two" + name + number + "v");
  }

  @CacheInvalidate(cache = "reads")
  void rename(@CacheKey long id, String name) {
    names.put(id, name);
  }

  @CacheInvalidate(cache = "reads", key = "product.id")
  @CacheInvalidate(
      cache = "twos",
      key = {"product.name", "1"})
  void renameWhole(Product product, int number) {
    names.put(product.id(), product.name() + number);
  }

  @CacheInvalidate(cache = "reads", key = "result.id")
  private Product create() {
    return new Product(++lastId, "new", List.of());
  }

  private void all() {
    String before = read(11) + read(12);
    clear();
    Probe.say("all", before + " " + read(11) + read(12));
  }

  @CacheInvalidate(cache = "reads", all = true)
  private static int clear() {
    return 7;
  }

  private void whenItThrows() {
    read(21);
    failing(21, false);
    Probe.say("throws.kept", read(21));
    Probe.say("throws.onFailure", failing(21, true) + read(21));
  }

  private String failing(long id, boolean forgets) {
    try {
      if (forgets) {
        failsAndForgets(id);
      } else {
        fails(id);
      }
      return "returned";
    } catch (IllegalStateException thrown) {
      return thrown.getMessage();
    }
  }

  @CacheInvalidate(cache = "reads")
  void fails(long id) {
    throw new IllegalStateException("failed" + id);
  }

  @CacheInvalidate(cache = "reads", onFailure = true)
  void failsAndForgets(long id) {
    throw new IllegalStateException("failed" + id);
  }

  private void before() {
    read(31);
    Probe.say("before.inside", forgetsBefore(31));
    Probe.say("before.after", read(31));
    Probe.say("after.inside", forgetsAfter(31));
    Probe.say("after.after", read(31));
  }

  @CacheInvalidate(cache = "reads", when = CacheInvalidate.When.BEFORE)
  String forgetsBefore(long id) {
    return read(id);
  }

  @CacheInvalidate(cache = "reads")
  String forgetsAfter(long id) {
    return read(id);
  }

  /** All types of parameters and results pass unharmed. */
  private void kinds() {
    read(41);
    Probe.say("kinds", wide(41, 1.5, (byte) 2, 'c', new int[] {3}) + read(41));
  }

  @CacheInvalidate(cache = "reads")
  static synchronized double wide(
      @CacheKey long id, double factor, byte small, char letter, int[] array) {
    return id * factor + small + letter + array[0];
  }

  private void tags() {
    String before =
        tagged(1) + tagged(2) + byBrand(1) + byBrand(2) + many(List.of(1L, 2L)) + optional();
    Probe.say("tag.unknown", Larder.invalidateTag("product:99"));
    Probe.say("tag.argument", Larder.invalidateTag("product:1"));
    Probe.say("tag.before", before);
    Probe.say(
        "tag.afterArgument",
        tagged(1) + tagged(2) + byBrand(1) + byBrand(2) + many(List.of(1L, 2L)) + optional());
    Probe.say("tag.result", Larder.invalidateTag("brand:b2"));
    Probe.say(
        "tag.afterResult", tagged(1) + tagged(2) + byBrand(1) + byBrand(2) + many(List.of(1L, 2L)));
    sell(new Product(2, "two", List.of()));
    Probe.say(
        "tag.afterMethod",
        tagged(1) + tagged(2) + byBrand(1) + byBrand(2) + many(List.of(1L, 2L)) + optional());
    sellInOneCache(2);
    Probe.say("tag.inOneCache", tagged(2) + byBrand(2));
    var statistics = Larder.statistics("tagged").orElseThrow();
    Probe.say("tag.counted", statistics.tagInvalidationCount());
    unreadable(new Product(3, "x", List.of()));
    Probe.say("tag.unreadable", unreadable(new Product(3, "x", List.of())));
  }

  @Cached(name = "tagged", tags = "product:{id}")
  String tagged(long id) {
    return runs("tagged" + id + "v");
  }

  @Cached(
      name = "branded",
      tags = {"product:{0}", "brand:{result.brands}", "catalogue"})
  Product branded(long id) {
    return new Product(id, runs("branded" + id + "v"), List.of("b" + id, "b"));
  }

  private String byBrand(long id) {
    return branded(id).name();
  }

  @Cached(name = "many", tags = "product:{result.id}")
  List<Product> products(List<Long> ids) {
    String name = runs("many" + ids.size() + "v");
    return ids.stream().map(id -> new Product(id, name, List.of())).toList();
  }

  private String many(List<Long> ids) {
    return products(ids).get(0).name();
  }

  @Cached(name = "optional", tags = "product:{result.id}")
  Optional<Product> maybe() {
    return Optional.of(new Product(2, runs("maybev"), List.of()));
  }

  private String optional() {
    return maybe().orElseThrow().name();
  }

  @CacheInvalidate(tags = "product:{product.id}")
  void sell(Product product) {
    names.put(product.id(), "sold");
  }

  @CacheInvalidate(cache = "branded", tags = "product:{id}")
  void sellInOneCache(long id) {
    names.put(id, "sold");
  }

  @Cached(name = "unreadable", tags = "product:{product.colour}")
  String unreadable(Product product) {
    return runs("unreadablev");
  }

  private void puts() {
    Probe.say("put.beforeFirstCall", update(1, "one") + " " + named(1));
    Probe.say("put.overwrites", update(1, "two") + " " + named(1));
    Probe.say("put.other", named(2));
    Probe.say("put.ofResult", save("three").id() + " " + found(lastId).name());
    Probe.say("put.thrown", failingUpdate() + " " + named(1));
    Probe.say("put.unless", update(1, "") + " " + named(1));
    Probe.say("put.count", Larder.statistics("names").orElseThrow().updateCount());
    Annotated other = new Annotated();
    other.update(1, "of the other");
    Probe.say("put.instances", named(1) + " " + other.named(1));
    new Annotated().tag();
  }

  @Cached(name = "names")
  String named(long id) {
    return runs("named" + id + "v");
  }

  @CachePut(cache = "names", key = "id", unless = "result == ''")
  String update(int id, String name) {
    if (name.equals("fail")) {
      throw new IllegalStateException("failed");
    }
    return name;
  }

  private String failingUpdate() {
    try {
      return update(1, "fail");
    } catch (IllegalStateException thrown) {
      return thrown.getMessage();
    }
  }

  @Cached(name = "products", tags = "product:{id}")
  Product found(long id) {
    return new Product(id, runs("found" + id + "v"), List.of());
  }

  @CachePut(cache = "products", key = "result.id")
  @CacheInvalidate(cache = "products", all = true)
  Product save(String name) {
    return new Product(++lastId, name, List.of());
  }

  private void tag() {
    save("tagged");
    String put = found(lastId).name();
    Larder.invalidateTag("product:" + lastId);
    Probe.say("put.tag", put + " " + found(lastId).name());
  }

  private void putsThatCannotBeTold() {
    String before = price(1) + discount(1) + priceOf(1);
    newPrice(1);
    Probe.say("untold.severalMethods", before + " " + price(1) + discount(1) + priceOf(1));
    newDiscount(1);
    Probe.say("untold.named", price(1) + discount(1));
    otherType(1);
    Probe.say("untold.otherType", price(1) + discount(1));
    Service service = new Service();
    service.put(1);
    Probe.say("untold.otherInstance", priceOf(1) + interchangeable(1));
    service.putInterchangeable(1);
    Probe.say("told.interchangeable", interchangeable(1));
  }

  @Cached(name = "money")
  String price(int id) {
    return runs("price" + id + "v");
  }

  @Cached(name = "money")
  String discount(int id) {
    return runs("discount" + id + "v");
  }

  @Cached(name = "alone")
  String priceOf(int id) {
    return runs("priceOf" + id + "v");
  }

  @Cached(name = "free", instances = io.larder.Instances.INTERCHANGEABLE)
  String interchangeable(int id) {
    return runs("free" + id + "v");
  }

  @CachePut(cache = "money")
  String newPrice(int id) {
    return "new" + id;
  }

  @CachePut(cache = "money", resultOf = "discount")
  String newDiscount(int id) {
    return "newDiscount" + id;
  }

  @CachePut(cache = "money", resultOf = "price")
  Integer otherType(int id) {
    return id;
  }

  /** Has no cached method of its own. */
  private static final class Service {

    @CachePut(cache = "alone")
    String put(int id) {
      return "put" + id;
    }

    @CachePut(cache = "free")
    String putInterchangeable(int id) {
      return "put" + id;
    }
  }

  @CacheInvalidate(cache = "reads", key = "number")
  int misnamed(int id) {
    return id;
  }

  @Cached(name = "both")
  @CacheInvalidate(cache = "reads")
  long cachedToo(@CacheIgnore long id) {
    return runs("cachedToo").length();
  }
}
