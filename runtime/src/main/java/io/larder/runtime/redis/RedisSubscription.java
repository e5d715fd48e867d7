package io.larder.runtime.redis;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What arrives on one channel, over a connection of its own. For one thread; closed by any. */
public interface RedisSubscription extends AutoCloseable {

  /**
   * Waits for the next message.
   *
   * @return {@code null} if none came in time, or keys changed first
   * @throws RedisUnavailableException if the connection broke: what was sent meanwhile is lost
   */
  byte @Nullable [] next(Duration timeout);

  /**
   * The keys of the tracked prefix that changed since the last call, whoever changed them; an empty
   * array stands for all. Empty where nothing is tracked.
   */
  default List<byte[]> takeChangedKeys() {
    return List.of();
  }

  /** Ends the connection; a {@link #next} under way throws. */
  @Override
  void close();
}
