package io.larder.runtime.shared;

import io.larder.runtime.logging.Log;
import io.larder.runtime.redis.RedisSubscription;
import io.larder.runtime.redis.RedisUnavailableException;
import io.larder.runtime.shared.Beliefs.Servers;
import io.larder.runtime.thread.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The thread that hears what other JVMs invalidate, and knows whether it hears all. It begins in
 * doubt; subscribes, learns the epoch, replays what this JVM could not tell; then all is coherent,
 * until something speaks against it, and it begins again.
 */
final class InvalidationBus {

  private static final Logger logger = Log.logger(InvalidationBus.class);
  private static final long TICK_MILLIS = 50;

  /** A round takes no longer, unless the thread, the JVM or the machine was held up. */
  private static final long HELD_UP_NANOS = 200_000_000;

  private final SharedStore shared;
  private final Store store;
  private final Function<byte[], RedisSubscription> subscriptions;
  private final SharedSettings settings;
  private final BusListeners listeners;
  private final Epochs epochs;
  private final StandingBoard board = new StandingBoard();
  private final ForeignChanges foreign;
  private final Replay replay;
  private final Confirmation confirmation = new Confirmation();
  private final Thread thread;

  private volatile @Nullable RedisSubscription subscription;
  private volatile boolean closed;

  /** Whether the store is to be looked at before its time. */
  private volatile boolean lookSoon;

  /** All that was invalidated before is known here. Written by the bus's thread. */
  private volatile long provenNanos;

  /** Only the bus's thread uses what follows. */
  private long lastMessageNanos;

  private long lastLookNanos;
  private long heartbeatAfterNanos;
  private long replayAfterNanos;

  InvalidationBus(
      SharedStore shared,
      Store store,
      Function<byte[], RedisSubscription> subscriptions,
      SharedSettings settings,
      BusListeners listeners,
      ServerTime time) {
    this.shared = shared;
    this.store = store;
    this.subscriptions = subscriptions;
    this.settings = settings;
    this.listeners = listeners;
    this.epochs = new Epochs(store, shared.beliefs(), time, shared.clock());
    this.replay = new Replay(shared, store, epochs);
    this.foreign = new ForeignChanges(store, listeners);
    this.thread = DaemonThreads.newThread("bus", this::run);
  }

  BusListeners listeners() {
    return listeners;
  }

  void start() {
    listeners.doubtful();
    thread.start();
  }

  /** Has the store looked at soon: there is a sign that it is not what it was. */
  void lookSoon() {
    lookSoon = true;
    LockSupport.unpark(thread);
  }

  /** Whether all that was invalidated before the last moments is known, if it is coherent. */
  boolean isProven(long nowNanos) {
    return nowNanos - provenNanos <= settings.silence().toNanos();
  }

  SharedStatus status() {
    return board.status(shared.pending().size());
  }

  void close() {
    closed = true;
    LockSupport.unpark(thread);
    RedisSubscription open = subscription;
    if (open != null) {
      open.close();
    }
  }

  private void run() {
    while (!closed) {
      try {
        share();
      } catch (Throwable again) {
        // There is no memory to say what happened. The proof grows old: that raises the doubt.
      }
      pause();
    }
  }

  /** Errors too: they may come from the application's classes, and must not end the thread. */
  private void share() {
    try (RedisSubscription opened = subscriptions.apply(store.keys().channel())) {
      subscription = opened;
      becomeCoherent();
      hear(opened);
    } catch (RedisUnavailableException | DoubtException failed) {
      doubt(failed.getMessage());
    } catch (Throwable bug) {
      doubt(bug.toString());
      logger.error("The sharing between JVMs failed and begins anew: {}", bug.toString());
    }
  }

  private void pause() {
    long retry = settings.retry().toNanos();
    if (!closed) {
      LockSupport.parkNanos(this, retry / 2 + ThreadLocalRandom.current().nextLong(retry));
    }
  }

  private void becomeCoherent() throws DoubtException {
    Servers servers = shared.beliefs().servers();
    if (servers.fingerprint().isEmpty()) {
      throw new DoubtException("Redis is not connected yet");
    }
    lookSoon = false;
    epochs.begin(servers, /* ended= */ 0);
    while (!shared.pending().isEmpty()) {
      replay.some();
    }
    long asked = shared.clock().nanos();
    Era era = shared.view().era();
    lastLookNanos = asked;
    StoreState state = epochs.look(servers, era);
    confirmation.start(state.clock(), asked);
    provenNanos = asked;
    lastMessageNanos = asked;
    heartbeatAfter(asked);
    if (!shared.beliefs().hear(era, new TagVersions(state.clock()))) {
      throw new DoubtException("the servers changed");
    }
    listeners.coherent();
    board.coherent();
    logger.info("Results are shared with other JVMs");
  }

  private void hear(RedisSubscription opened) throws DoubtException {
    Servers servers = shared.beliefs().servers();
    Era era = shared.view().era();
    long turn = shared.clock().nanos();
    while (!closed) {
      byte[] bytes = opened.next(Duration.ofMillis(TICK_MILLIS));
      long now = shared.clock().nanos();
      if (now - turn > HELD_UP_NANOS) {
        lastMessageNanos += now - turn; // nobody listened: that was no silence
      }
      turn = now;
      if (bytes != null) {
        lastMessageNanos = now;
        heartbeatAfter(now);
        handle(bytes);
      }
      if (foreign.take(opened.takeChangedKeys(), /* idle= */ bytes == null)) {
        lookSoon = true;
      }
      if (shared.view().era() != era) {
        throw new DoubtException("the servers changed");
      }
      String objection = listeners.objection();
      if (objection != null) {
        throw new DoubtException(objection);
      }
      long asking = shared.clock().nanos();
      if (lookSoon || now - lastLookNanos >= settings.beat().toNanos()) {
        lookSoon = false;
        beat(servers, era, now);
      }
      if (!shared.pending().isEmpty() && now - replayAfterNanos >= 0) {
        replayAfterNanos = now + settings.retry().toNanos();
        replayOrWait();
      }
      turn += shared.clock().nanos() - asking; // to wait for Redis is not to be held up
      checkProof();
    }
  }

  /** Whether the proof that nothing was missed is still young enough. */
  private void checkProof() throws DoubtException {
    long now = shared.clock().nanos();
    long silence = settings.silence().toNanos();
    provenNanos = confirmation.confirmedNanos();
    if (now - lastMessageNanos > silence) {
      throw new DoubtException("nothing arrives from other JVMs");
    }
    if (!isProven(now)) {
      throw new DoubtException(
          confirmation.missing() > 0
              ? "invalidations of other JVMs did not arrive"
              : "Redis does not answer");
    }
  }

  private void beat(Servers servers, Era era, long now) throws DoubtException {
    try {
      StoreState state = epochs.look(servers, era);
      confirmation.read(state.clock(), now);
      lastLookNanos = now;
      if (now - heartbeatAfterNanos >= 0) {
        store.publish(BusMessage.heartbeat(shared.sender(), era.epoch()).unnumbered());
        heartbeatAfter(now);
      }
    } catch (RedisUnavailableException away) {
      // The proof grows older. That of one moment says little, as where the application's threads
      // had all connections: asked again soon, it takes many in a row to raise doubt.
      lastLookNanos = now - settings.beat().toNanos() + settings.retry().toNanos();
    }
  }

  /**
   * The channel is tried when it was silent for a while; not by all JVMs at once, as each hears the
   * message of the first.
   */
  private void heartbeatAfter(long now) {
    long beat = settings.beat().toNanos();
    heartbeatAfterNanos = now + beat / 2 + ThreadLocalRandom.current().nextLong(beat);
  }

  private void handle(byte[] bytes) throws DoubtException {
    BusMessage message = BusMessage.decode(bytes);
    if (message == null) {
      return; // another program's
    }
    boolean own = message.sender() == shared.sender();
    if (!own) {
      board.heard(confirmation.missing());
    }
    View view = shared.view();
    switch (message.kind()) {
      case HEARTBEAT -> {}
      case LANDED -> {
        if (!own) {
          listeners.landed(message.cache(), message.key());
        }
      }
      case KEY, TAG, CACHE -> {
        Forgotten what = message.forgotten();
        boolean ofThisEpoch = message.epoch() == view.era().epoch();
        // Before memory forgets: a look at Redis that begins after that judges by these numbers.
        if (ofThisEpoch) {
          note(view, what, message.number());
        }
        if (!own) {
          listeners.forget(what);
        }
        if (!ofThisEpoch) {
          throw new DoubtException("what is in Redis is of another epoch");
        }
        confirmation.received(message.number());
      }
    }
  }

  private void note(View view, Forgotten what, long number) {
    if (confirmation.isFarAhead(number)) {
      lookSoon = true; // not taken for the clock on the word of a message
      SharedStore.outdateTag(view, what, number);
    } else {
      SharedStore.heard(view, what, number);
    }
  }

  private void replayOrWait() throws DoubtException {
    try {
      replay.some();
    } catch (RedisUnavailableException away) {
      // They go on waiting, and are not read meanwhile.
    }
  }

  private void doubt(@Nullable String message) {
    subscription = null;
    declareDoubt(String.valueOf(message), confirmation.missing());
  }

  /**
   * Raises the doubt that this thread does not raise, because it hangs. Called by another.
   *
   * @param nowNanos the time of the runtime's clock
   */
  void doubtUnlessProven(long nowNanos) {
    if (board.isCoherent() && !isProven(nowNanos)) {
      String reason = "the thread that hears them is held up";
      declareDoubt(reason, /* missing= */ 0);
      listeners.object(reason); // afterwards: the thread, when it goes on, has to begin anew
    }
  }

  private void declareDoubt(String reason, long missing) {
    if (board.doubtful(reason, missing) && !closed) {
      shared.beliefs().hearNothing();
      listeners.doubtful();
      logger.warn(
          "What other JVMs invalidate may not arrive: {}; until it does again, shared"
              + " results are kept in memory for a moment only",
          reason);
    }
  }
}
