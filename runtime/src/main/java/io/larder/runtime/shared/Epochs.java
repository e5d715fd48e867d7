package io.larder.runtime.shared;

import io.larder.runtime.redis.RedisUnavailableException;
import io.larder.runtime.shared.Beliefs.Servers;
import io.larder.runtime.time.Clock;
import java.security.SecureRandom;

/** Looks whether the epoch goes on, and begins one where it does not. For one thread. */
final class Epochs {

  private final Store store;
  private final Beliefs beliefs;
  private final ServerTime time;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Epochs(Store store, Beliefs beliefs, ServerTime time, Clock clock) {
    this.store = store;
    this.beliefs = beliefs;
    this.time = time;
    this.clock = clock;
  }

  /**
   * Begins an epoch, unless somebody did.
   *
   * @param ended the one that must not go on; 0 for none
   * @throws RedisUnavailableException if Redis does not answer
   * @throws DoubtException if the servers changed meanwhile
   */
  void begin(Servers servers, long ended) throws DoubtException {
    long proposed = 1 + (random.nextLong() >>> 2);
    StoreState begun = store.begin(servers.fingerprint(), proposed, ended);
    adopt(begun, servers);
  }

  /**
   * Reads the state of the store.
   *
   * @throws RedisUnavailableException if Redis does not answer
   * @throws DoubtException if it is not of the era
   */
  StoreState look(Servers servers, Era era) throws DoubtException {
    StoreState state = store.state();
    if (state.epoch() != era.epoch()) {
      throw new DoubtException(
          state.epoch() == 0 ? "Redis was emptied" : "what is in Redis is of another epoch");
    }
    adopt(state, servers);
    return state;
  }

  private void adopt(StoreState state, Servers servers) throws DoubtException {
    time.heard(state.millis(), clock.nanos());
    if (!beliefs.adopt(state, servers)) {
      throw new DoubtException("the servers changed");
    }
  }
}
