package io.larder.runtime.shared;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.logging.Log;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Those who are told what happened, none of whom can break the thread that tells. Thread-safe. */
final class BusListeners {

  private static final Logger logger = Log.logger(BusListeners.class);

  private final CoherenceListener memory;
  private final LoadLeases leases;

  /** Why it must begin anew, since it was coherent last. */
  private volatile @Nullable String objection;

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
    objection = null; // before: all is forgotten now, but not what fails from here on
    tell(memory::coherent);
  }

  /** Has it begin anew. */
  void object(String reason) {
    objection = reason;
  }

  /** Why it must begin anew; {@code null} if nothing speaks against it. */
  @Nullable String objection() {
    return objection;
  }

  /** Errors too: they may come from the application's classes, as from {@code equals} of a key. */
  private void tell(Runnable call) {
    try {
      call.run();
    } catch (Throwable bug) {
      objection = "a cache did not take what was invalidated";
      logger.error("A cache did not take what another JVM invalidated: {}", bug.toString());
    }
  }
}
