package io.larder.it.apps.sharing;

import io.larder.CacheInvalidate;
import io.larder.CachePut;
import io.larder.Cached;
import io.larder.Larder;
import io.larder.it.apps.Probe;
import io.larder.it.apps.docs.SharingAdmin;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One of several processes of a service. Does the commands on its standard input until an empty
 * line, such as {@code find 3}; prints {@code find=<answer>}. An answer tells which process
 * computed it and how often that did so by then.
 */
public final class Node {

  private static final String NAME = System.getProperty("node.name", "?");
  private static int runs;

  private final int rate;

  private Node(int rate) {
    this.rate = rate;
  }

  /** A result of several classes. */
  public record Product(long id, String computedBy, BigDecimal price, List<LocalDate> seen) {}

  /** A result that no other process can have. */
  public record Connection(String computedBy, Thread owner) {}

  /** Does what it is told. */
  public static void main(String[] ignored) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Probe.say("ready", true);
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      String[] words = line.split(" ", -1);
      Probe.say(words[0], answer(words[0], words.length > 1 ? Integer.parseInt(words[1]) : 0));
    }
  }

  private static Object answer(String command, int number) throws Exception {
    return switch (command) {
      case "find" -> find(number).computedBy();
      case "findMany" -> findMany(number);
      case "double" -> doubled(number);
      case "save" -> save(number);
      case "update" -> update(number).computedBy();
      case "clear" -> Larder.invalidateCache("products");
      case "branded" -> branded("b" + number % 2, number).computedBy();
      case "forgetBrand" -> forgetBrand("b" + number % 2);
      case "slow" -> slow(number);
      case "slowMany" -> slowMany(number);
      case "connect" -> connect(number).computedBy();
      case "rated" -> new Node(number).rated(7);
      case "runs" -> runs;
      case "memory" -> Larder.tierStatistics("memory", "products").map(Object::toString).orElse("");
      case "savedByOthers" -> new SharingAdmin().savedByOthers();
      case "status" -> new SharingAdmin().status();
      case "check" -> new SharingAdmin().check();
      case "withoutRedis" -> new SharingAdmin().withoutRedis();
      case "withRedis" -> Larder.setTierEnabled("redis", true);
      case "disk" -> Larder.tierStatus("disk").map(status -> status.health().name()).orElse("none");
      case "whyDisk" -> Larder.tierStatus("disk").map(status -> status.reason()).orElse("");
      case "onDisk" ->
          Larder.tierStatistics("disk", "products").map(all -> all.putCount()).orElse(0L);
      case "fromDisk" ->
          Larder.tierStatistics("disk", "products").map(all -> all.hitCount()).orElse(0L);
      case "problems" -> Larder.statistics("products").isPresent();
      default -> "unknown";
    };
  }

  @Cached(name = "products")
  static Product find(long id) {
    work(30);
    return new Product(
        id, by(), new BigDecimal("12.50"), new ArrayList<>(List.of(LocalDate.of(2026, 1, 2))));
  }

  private static synchronized String by() {
    return NAME + ++runs;
  }

  /** How many of so many products this process had to compute. */
  private static int findMany(int count) {
    int before = runs;
    for (int i = 1_000; i < 1_000 + count; i++) {
      find(i);
    }
    return runs - before;
  }

  /** Has so many results wait to be stored, as they are computed quicker than that. */
  private static int doubled(int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += twice(i);
    }
    return sum;
  }

  @Cached(name = "doubles")
  static int twice(int number) {
    return 2 * number;
  }

  @CacheInvalidate(cache = "products")
  static String save(long id) {
    return "saved" + id;
  }

  @CachePut(cache = "products")
  static Product update(long id) {
    return new Product(id, "put by " + by(), BigDecimal.ONE, List.of());
  }

  @Cached(name = "branded", tags = "brand:{brand}")
  static Product branded(String brand, long id) {
    work(30);
    return new Product(id, by(), BigDecimal.ONE, List.of());
  }

  @CacheInvalidate(tags = "brand:{brand}")
  static String forgetBrand(String brand) {
    return brand;
  }

  @Cached(name = "slow", loadOnce = true, waitAtMost = "30s")
  static String slow(long id) {
    work(300);
    return by();
  }

  /** What is computed quicker than Redis answers is not looked for there. */
  private static void work(int millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  /** As many threads as may be all want the same; how often this process computed it. */
  private static int slowMany(int id) throws InterruptedException, ExecutionException {
    int before = runs;
    ExecutorService threads = Executors.newFixedThreadPool(50);
    List<Future<String>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(threads.submit(() -> slow(id)));
    }
    for (Future<String> each : all) {
      each.get();
    }
    threads.shutdown();
    return runs - before;
  }

  @Cached(name = "connections")
  static Connection connect(long id) {
    return new Connection(by(), Thread.currentThread());
  }

  @Cached(name = "rates")
  int rated(int amount) {
    by();
    return amount * rate;
  }
}
