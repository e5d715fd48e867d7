package io.larder.runtime.redis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What arrives on one channel, over a connection of its own. For one thread; closed by any. */
public interface RedisSubscription extends AutoCloseable {

  /**
   * Waits for the next message.
   *
   * @return {@code null} if none came in time
   * @throws RedisUnavailableException if the connection broke: what was sent meanwhile is lost
   */
  byte @Nullable [] next(Duration timeout);

  /** Ends the connection; a {@link #next} under way throws. */
  @Override
  void close();
}
