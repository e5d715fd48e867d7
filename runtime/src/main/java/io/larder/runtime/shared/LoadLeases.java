package io.larder.runtime.shared;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.redis.Patience;
import io.larder.runtime.redis.RedisCommand;
import io.larder.runtime.redis.RedisError;
import io.larder.runtime.redis.RedisUnavailableException;
import io.larder.runtime.thread.DaemonThreads;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Has one JVM load a key while the others wait. A lease ends with its result, is renewed while the
 * load goes on, and runs out if its holder dies. Nobody waits longer than asked, nor without Redis:
 * then each loads for itself. Thread-safe.
 */
public final class LoadLeases implements AutoCloseable {

  /** How long a lease outlives its holder. */
  private static final long LIFE_MILLIS = 2_000;

  private static final long RENEW_MILLIS = 500;

  /** How often waiters look by themselves, should the message get lost, or the holder die. */
  private static final long POLL_MILLIS = 100;

  private final SharedStore shared;
  private final Store store;
  private final long longestLoadNanos;
  private final SecureRandom random = new SecureRandom();
  private final Set<LoadLease> held = ConcurrentHashMap.newKeySet();
  private final Map<Place, Waiters> waiting = new ConcurrentHashMap<>();
  private volatile @Nullable Thread renewer;
  private volatile boolean closed;

  /** A key of a cache. */
  private record Place(String cache, KeyHash key) {}

  /** Threads that wait for one key. */
  private static final class Waiters {
    private final Semaphore wake = new Semaphore(0);
    private int count;
  }

  /**
   * No lease is held yet.
   *
   * @param longestLoad for so long a lease is renewed
   */
  LoadLeases(SharedStore shared, Store store, Duration longestLoad) {
    this.shared = shared;
    this.store = store;
    this.longestLoadNanos = longestLoad.toNanos();
  }

  /** The turn, as it is now: for what may as well be left to another JVM, like a refresh. */
  public Turn tryTurn(TierKey key) {
    if (closed) {
      return Turn.withoutLease();
    }
    byte[] token = new byte[16];
    random.nextBytes(token);
    byte[] leased = store.keys().lease(key);
    Object reply;
    try {
      reply =
          store
              .exchange(
                  leased, List.of(RedisCommand.of("SET", leased, token, "NX", "PX", LIFE_MILLIS)))
              .get(0);
    } catch (RedisUnavailableException away) {
      return Turn.withoutLease();
    }
    if (reply == null) {
      return Turn.ofAnother();
    }
    if (reply instanceof RedisError) {
      return Turn.withoutLease();
    }
    BusMessage message =
        BusMessage.landed(
            shared.sender(), shared.view().era().epoch(), key.cache(), key.identity());
    LoadLease lease =
        new LoadLease(
            this, key, token, message.unnumbered(), shared.stamp(), shared.clock().nanos());
    held.add(lease);
    renewSoon();
    return Turn.of(lease);
  }

  /**
   * Waits for the turn, or for what the one whose turn it is stores. For a thread that found no
   * entry.
   *
   * @param tier in which the entry would be
   * @param atMost the longest wait
   */
  public Turn awaitTurn(TierKey key, RedisTier tier, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    Place place = new Place(key.cache(), key.identity());
    Waiters waiters = enter(place);
    try {
      while (true) {
        Turn turn = firstTurn(key, tier);
        if (turn.goAhead() || turn.landed() != null) {
          return turn;
        }
        long left = end - System.nanoTime();
        if (left <= 0 || !await(waiters, left)) {
          return Turn.withoutLease();
        }
      }
    } finally {
      leave(place);
    }
  }

  /** As {@link #awaitTurn}, without the wait: whose turn it is, or what is stored by now. */
  Turn firstTurn(TierKey key, RedisTier tier) {
    Turn turn = tryTurn(key);
    LoadLease lease = turn.lease();
    if (turn.goAhead() && lease == null) {
      return turn;
    }
    // Also with the lease in hand: its last holder may have stored since this thread looked.
    SharedEntry landed = tier.read(key);
    if (landed == null) {
      return turn;
    }
    if (lease != null) {
      lease.close();
    }
    tier.awaited();
    return Turn.over(landed);
  }

  /** Whether to look again: not once the thread is interrupted. */
  private static boolean await(Waiters waiters, long leftNanos) {
    try {
      long nanos = Math.min(leftNanos, TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
      if (waiters.wake.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
        waiters.wake.drainPermits(); // of messages that came before this look
      }
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Waiters enter(Place place) {
    return waiting.compute(
        place,
        (p, before) -> {
          Waiters waiters = before == null ? new Waiters() : before;
          waiters.count++;
          return waiters;
        });
  }

  private void leave(Place place) {
    waiting.computeIfPresent(place, (p, waiters) -> --waiters.count == 0 ? null : waiters);
  }

  /** Wakes those who wait for a key. */
  void landed(String cache, KeyHash key) {
    waiting.computeIfPresent(
        new Place(cache, key),
        (place, waiters) -> {
          waiters.wake.release(waiters.count);
          return waiters;
        });
  }

  /** Gives a lease back; does nothing if that was done. */
  void release(LoadLease lease) {
    if (!held.remove(lease)) {
      return;
    }
    Patience ofItsOwn = Patience.unlimited(); // others wait, also when this call may not
    try {
      giveBack(List.of(lease));
    } finally {
      ofItsOwn.close();
    }
  }

  private void giveBack(List<LoadLease> leases) {
    List<RedisCommand> commands =
        leases.stream()
            .map(
                lease ->
                    Store.evalOf(
                        Scripts.RELEASE,
                        List.of(store.keys().lease(lease.key())),
                        lease.token(),
                        store.keys().channel(),
                        lease.message()))
            .toList();
    // One that Redis does not take back runs out by itself.
    var unused = store.exchangeAll(commands);
  }

  /** Notes that the result was stored, and the lease given back with it. */
  void ended(LoadLease lease) {
    held.remove(lease);
  }

  private void renewSoon() {
    Thread running = renewer;
    if (running == null) {
      running = start();
    }
    LockSupport.unpark(running);
  }

  private synchronized Thread start() {
    Thread running = renewer;
    if (running == null) {
      running = DaemonThreads.newThread("lease", this::renew);
      renewer = running;
      running.start();
    }
    return running;
  }

  private void renew() {
    while (!closed) {
      if (held.isEmpty()) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(RENEW_MILLIS));
      }
      // What takes longer is not stored anyhow; a holder that forgot it must not keep others
      // waiting.
      long now = shared.clock().nanos();
      held.removeIf(lease -> now - lease.sinceNanos() > longestLoadNanos);
      List<LoadLease> leases = List.copyOf(held);
      if (!leases.isEmpty() && !closed) {
        List<RedisCommand> commands =
            leases.stream()
                .map(
                    lease ->
                        Store.evalOf(
                            Scripts.RENEW,
                            List.of(store.keys().lease(lease.key())),
                            lease.token(),
                            LIFE_MILLIS))
                .toList();
        // One that was lost is fenced off when its result comes.
        var unused = store.exchangeAll(commands);
      }
    }
  }

  /** How many loads of this JVM have a lease now. */
  public int held() {
    return held.size();
  }

  /** Gives back what is held, and ends the renewing. */
  @Override
  public void close() {
    closed = true;
    List<LoadLease> leases = List.copyOf(held);
    leases.forEach(held::remove);
    if (!leases.isEmpty()) {
      giveBack(leases);
    }
    Thread running = renewer;
    if (running != null) {
      LockSupport.unpark(running);
    }
  }
}
