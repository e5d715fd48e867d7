package io.larder.runtime.shared;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Lineage;
import io.larder.runtime.model.Tag;
import io.larder.runtime.redis.RedisBackend;
import io.larder.runtime.redis.RedisExchange;
import io.larder.runtime.redis.RedisFixtures;
import io.larder.runtime.redis.RedisSettings;
import io.larder.runtime.redis.RedisUri;
import io.larder.runtime.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one JVM is to the others: a memory, a way to Redis of its own, and the rules that a
 * coordinator has to follow. Several of them live in one test.
 */
final class SharedNode implements CoherenceListener, AutoCloseable {

  static final String CACHE = "users";
  static final Duration OFFLINE_TTL = Duration.ofSeconds(2);

  final RedisBackend backend;
  final SharedStore shared;
  final RedisTier tier;
  final AtomicLong loads = new AtomicLong();
  private final AtomicLong keysForgotten = new AtomicLong();

  /** Runs before something is forgotten, on the thread that says so; of a test. */
  volatile Runnable beforeForget = () -> {};

  private final Clock clock = RedisFixtures.SYSTEM;

  /** What memory holds: a value and until when, if that is limited. */
  private record Held(@Nullable Object value, long bornAt, long keptUntilNanos) {}

  private final Map<KeyHash, Held> memory = new ConcurrentHashMap<>();

  /** Counts all that was forgotten: what began before is not kept. Guarded by this. */
  private long forgotten;

  private boolean doubtful = true;

  SharedNode(String uri) {
    this(RedisSettings.of(RedisUri.parse(uri)), SharedSettings.of(SharedSettings.NAMESPACE));
  }

  /** A node whose exchanges with Redis go through something of a test. */
  SharedNode(String uri, UnaryOperator<RedisExchange> through) {
    this(
        RedisSettings.of(RedisUri.parse(uri)),
        SharedSettings.of(SharedSettings.NAMESPACE),
        through,
        /* tracks= */ false);
  }

  SharedNode(RedisSettings redis, SharedSettings settings) {
    this(redis, settings, UnaryOperator.identity(), /* tracks= */ false);
  }

  /** A node in step with others, none of whose calls is refused because a machine is busy. */
  static SharedNode patient(String uri) {
    SharedNode node =
        new SharedNode(
            RedisSettings.of(RedisUri.parse(uri))
                .withDeadline(Duration.ofSeconds(5))
                .withConnections(20),
            SharedSettings.of(SharedSettings.NAMESPACE));
    node.awaitCoherent();
    return node;
  }

  /** A node that also hears what others than Larder delete. */
  static SharedNode tracking(String uri) {
    SharedNode node =
        new SharedNode(
            RedisSettings.of(RedisUri.parse(uri)),
            SharedSettings.of(SharedSettings.NAMESPACE),
            UnaryOperator.identity(),
            /* tracks= */ true);
    node.awaitCoherent();
    return node;
  }

  private SharedNode(
      RedisSettings redis,
      SharedSettings settings,
      UnaryOperator<RedisExchange> through,
      boolean tracks) {
    NodesRelay relay = new NodesRelay();
    backend = RedisBackend.open(redis, clock, relay);
    shared =
        new SharedStore(
            through.apply(backend),
            channel -> backend.subscribe(channel, tracks ? settings.trackedPrefix() : null),
            () -> backend.state().health(),
            settings,
            EnvelopeFormat.plain(),
            clock,
            this);
    relay.to(shared);
    tier = shared.tier(CACHE);
    shared.start();
  }

  /** A connected node. */
  static SharedNode coherent(String uri) {
    SharedNode node = new SharedNode(uri);
    node.awaitCoherent();
    return node;
  }

  void awaitCoherent() {
    awaitCoherent(shared);
  }

  /** Waits until all that others invalidate arrives. */
  static void awaitCoherent(SharedStore store) {
    await("coherent")
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(2))
        .until(() -> store.status().coherent());
  }

  static TierKey key(String text) {
    return key(text, TextCodec.ONE);
  }

  static TierKey key(String text, TextCodec codec) {
    String identity = text + " as " + codec.fingerprint();
    return new TierKey(
        CACHE,
        KeyHash.of(text.getBytes(UTF_8)),
        KeyHash.of(identity.getBytes(UTF_8)),
        codec,
        /* ttlMillis= */ 60_000);
  }

  Entry entry(@Nullable Object value) {
    return new Entry(value, clock.nanos(), /* loadNanos= */ 5, /* bytes= */ 0);
  }

  /** An entry of a load that began when the stamp was taken. */
  Entry entry(@Nullable Object value, long stamp, String... tags) {
    return new Entry(
        value,
        clock.nanos(),
        /* loadNanos= */ 5,
        /* bytes= */ 0,
        new Lineage(Stream.of(tags).map(Tag::new).toList(), /* bornAt= */ 0, stamp));
  }

  /** What is in memory now; empty if nothing is. */
  Optional<@Nullable Object> inMemory(String text) {
    Held held = memory.get(key(text).group());
    return held == null || clock.nanos() - held.keptUntilNanos >= 0
        ? Optional.empty()
        : Optional.of(String.valueOf(held.value));
  }

  /** A call of the cached method. */
  @Nullable Object call(String text, Supplier<@Nullable Object> source) {
    TierKey key = key(text);
    Held held = memory.get(key.group());
    if (held != null && clock.nanos() - held.keptUntilNanos < 0) {
      return held.value;
    }
    long born = born();
    long begun = clock.nanos();
    SharedEntry found = tier.read(key);
    if (found != null) {
      keep(key, found.entry().value, born, begun);
      return found.entry().value;
    }
    long stamp = shared.stamp();
    Object value = source.get();
    loads.incrementAndGet();
    tier.put(key, entry(value, stamp));
    keep(key, value, born, begun);
    return value;
  }

  /** How often several nodes were told to forget a key. */
  static long forgets(List<SharedNode> nodes) {
    return nodes.stream().mapToLong(node -> node.keysForgotten.get()).sum();
  }

  private synchronized long born() {
    return forgotten;
  }

  /** Keeps what nothing outdated since it began. */
  private synchronized void keep(TierKey key, @Nullable Object value, long born, long begunNanos) {
    if (forgotten == born) {
      long kept = doubtful ? OFFLINE_TTL.toNanos() : Duration.ofMinutes(1).toNanos();
      memory.put(key.group(), new Held(value, born, begunNanos + kept));
    }
  }

  @Override
  public void forgetKey(String cache, KeyHash key) {
    beforeForget.run();
    synchronized (this) {
      forgotten++;
      memory.remove(key);
    }
    keysForgotten.incrementAndGet();
  }

  @Override
  public void forgetTag(String cache, String tag) {
    forgetCache(cache);
  }

  @Override
  public void forgetCache(String cache) {
    beforeForget.run();
    synchronized (this) {
      forgotten++;
      memory.clear();
    }
  }

  @Override
  public synchronized void doubtful() {
    forgotten++;
    doubtful = true;
    memory.clear();
  }

  @Override
  public synchronized void coherent() {
    forgotten++;
    doubtful = false;
    memory.clear();
  }

  @Override
  public void close() {
    shared.close();
    backend.close();
  }
}
