package io.larder.runtime.shared;

import io.larder.runtime.codec.EntryForm;
import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.model.Health;
import io.larder.runtime.redis.NodesListener;
import io.larder.runtime.redis.RedisExchange;
import io.larder.runtime.redis.RedisSubscription;
import io.larder.runtime.redis.RedisUnavailableException;
import io.larder.runtime.time.Clock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * This JVM's part in what several JVMs agree on over one Redis: the way in to entries,
 * invalidations and leases. Thread-safe.
 *
 * <p>It knows nothing at first; {@link NodesListener#nodesChanged} and then its own thread make it
 * known. Until then nothing is read or stored, and what is invalidated waits.
 */
public final class SharedStore implements NodesListener, AutoCloseable {

  private final Clock clock;
  private final Duration longestLoad;
  private final Store store;
  private final EntryForm form;
  private final Supplier<Health> health;
  private final Beliefs beliefs = new Beliefs();
  private final PendingInvalidations pending = new PendingInvalidations();
  private final InvalidationBus bus;
  private final LoadLeases leases;
  private final ProofWatch watch = new ProofWatch(this);
  private final long sender = new SecureRandom().nextLong();

  /**
   * A store whose thread is not yet started.
   *
   * @param redis what is asked
   * @param subscriptions opens one on a channel, and returns when it is confirmed
   * @param health of the connections
   */
  public SharedStore(
      RedisExchange redis,
      Function<byte[], RedisSubscription> subscriptions,
      Supplier<Health> health,
      SharedSettings settings,
      EnvelopeFormat format,
      Clock clock,
      CoherenceListener listener) {
    ServerTime time = new ServerTime();
    this.clock = clock;
    this.longestLoad = settings.longestLoad();
    this.health = health;
    this.store = new Store(redis, settings);
    this.form = new EntryForm(format, settings.longestTtl(), time, clock);
    this.leases = new LoadLeases(this, store, settings.longestLoad());
    this.bus =
        new InvalidationBus(
            this, store, subscriptions, settings, new BusListeners(listener, leases), time);
  }

  /** Starts it; the listener is told that all is in doubt until it is not. */
  public void start() {
    bus.start();
    watch.start();
  }

  /** What a cache keeps in Redis. */
  public RedisTier tier(String cache) {
    return new RedisTier(cache, this, store, form);
  }

  /** Who of all JVMs loads a key. */
  public LoadLeases leases() {
    return leases;
  }

  /**
   * The moment, for a load that begins now: to be given with its result. Taken before anything is
   * read that the result depends on.
   */
  public long stamp() {
    return beliefs.view().era().stamp();
  }

  /**
   * Invalidates what was computed for some arguments, in all JVMs. Returns when Redis knows, or
   * when it cannot be told yet; this JVM reads nothing of it from Redis before that.
   */
  public void invalidate(String cache, KeyHash group) {
    forget(Forgotten.key(cache, group));
  }

  /**
   * Invalidates a tag in all JVMs, in one step, as {@link #invalidate}.
   *
   * @param cache whose memory forgets it; empty for all. In Redis a tag is one for all caches:
   *     those of others are lost as well
   */
  public void invalidateTag(String cache, String tag) {
    forget(Forgotten.tag(cache, tag));
  }

  /** Invalidates a cache in all JVMs, in one step, as {@link #invalidate}. */
  public void invalidateAll(String cache) {
    forget(Forgotten.cache(cache));
  }

  /** Tells Redis and then this JVM; answers how many entries Redis had, as far as it says. */
  long forget(Forgotten what) {
    return forgetAll(List.of(what));
  }

  long forgetAll(List<Forgotten> all) {
    View view = beliefs.view();
    List<Store.@Nullable Outcome> outcomes = tellRedis(all, view);
    long affected = 0;
    for (int i = 0; i < all.size(); i++) {
      Store.Outcome outcome = outcomes.get(i);
      if (outcome == null || outcome.isOfAnotherEpoch()) {
        pending.add(all.get(i));
        bus.lookSoon();
      } else {
        affected += outcome.affected();
        heard(view, all.get(i), outcome.number());
      }
      // After Redis: who read the old value there meanwhile, and has put it into memory, did so
      // before this.
      tell(all.get(i));
    }
    return affected;
  }

  private List<Store.@Nullable Outcome> tellRedis(List<Forgotten> all, View view) {
    if (view.era().isKnown()) {
      try {
        return all.size() == 1
            ? List.of(store.forget(all.get(0), view.era().epoch(), sender))
            : store.forgetEach(all, view.era().epoch(), sender);
      } catch (RedisUnavailableException away) {
        return nothing(all.size());
      }
    }
    return nothing(all.size());
  }

  private static List<Store.@Nullable Outcome> nothing(int size) {
    List<Store.@Nullable Outcome> outcomes = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      outcomes.add(null);
    }
    return outcomes;
  }

  /** Notes the number of an invalidation. */
  static void heard(View view, Forgotten what, long number) {
    view.era().heard(number);
    outdateTag(view, what, number);
  }

  /** Notes the number of an invalidation, if it is of a tag or a cache. */
  static void outdateTag(View view, Forgotten what, long number) {
    if (what.key() == null) {
      view.tags().note(what.storedTag(), number);
    }
  }

  /** Tells the listener. */
  void tell(Forgotten what) {
    bus.listeners().forget(what);
  }

  @Override
  public void nodesChanged(String fingerprint) {
    beliefs.nodesChanged(fingerprint);
    bus.lookSoon();
  }

  /** How the connections to Redis are. */
  Health health() {
    return health.get();
  }

  /** What is known of the sharing now. */
  public SharedStatus status() {
    return bus.status();
  }

  /**
   * Whether memory may serve what is shared, now: one volatile read. It is what {@link
   * CoherenceListener#doubtful} says, without the wait for the thread that says it.
   *
   * @param nowNanos the time of the runtime's clock
   */
  public boolean isProven(long nowNanos) {
    return bus.isProven(nowNanos);
  }

  /** Raises doubt if what is known is no longer proven, and nobody else did. */
  void doubtUnlessProven(long nowNanos) {
    bus.doubtUnlessProven(nowNanos);
  }

  /** Whether it is coherent, as {@link CoherenceListener} was told or is just about to be told. */
  public boolean hearsAll() {
    return beliefs.view().tags().hears();
  }

  Clock clock() {
    return clock;
  }

  /** What took longer to compute is not shared. */
  Duration longestLoad() {
    return longestLoad;
  }

  View view() {
    return beliefs.view();
  }

  Beliefs beliefs() {
    return beliefs;
  }

  PendingInvalidations pending() {
    return pending;
  }

  long sender() {
    return sender;
  }

  /** Ends its threads; gives back what is leased. */
  @Override
  public void close() {
    leases.close();
    watch.close();
    bus.close();
  }
}
