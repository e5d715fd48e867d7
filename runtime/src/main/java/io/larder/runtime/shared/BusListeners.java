package io.larder.runtime.shared;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.logging.Log;
import java.util.Objects;
import org.slf4j.Logger;

/** Those who are told what happened, none of whom can break the thread that tells. Thread-safe. */
final class BusListeners {

  private static final Logger logger = Log.logger(BusListeners.class);

  private final CoherenceListener memory;
  private final LoadLeases leases;

  BusListeners(CoherenceListener memory, LoadLeases leases) {
    this.memory = memory;
    this.leases = leases;
  }

  void forget(Forgotten what) {
    tell(
        () -> {
          switch (what.kind()) {
            case KEY -> memory.forgetKey(what.cache(), Objects.requireNonNull(what.key()));
            case TAG -> memory.forgetTag(what.cache(), what.tag());
            case CACHE -> memory.forgetCache(what.cache());
            case ALL -> memory.doubtful();
          }
        });
  }

  void landed(String cache, KeyHash key) {
    leases.landed(cache, key);
  }

  void doubtful() {
    tell(memory::doubtful);
  }

  void coherent() {
    tell(memory::coherent);
  }

  private static void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException bug) {
      logger.error("A cache did not take what another JVM invalidated: {}", bug.toString());
    }
  }
}
