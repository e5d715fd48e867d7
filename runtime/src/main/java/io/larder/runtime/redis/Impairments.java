package io.larder.runtime.redis;

import io.larder.runtime.redis.Trouble.Effect;
import io.larder.runtime.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What does not work of a server that answers, as its error replies say. It works again when the
 * same command is answered well, a moment after it last was not: one script may need memory where
 * another needs none. Thread-safe.
 */
final class Impairments {

  private static final long MEND_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Clock clock;
  private final Traffic traffic;
  private final Runnable changed;
  private final Runnable topologyDoubtful;
  private final AtomicReference<@Nullable Impairment> current = new AtomicReference<>();

  /** Commands of one name that do not work, while all others do. */
  private record Impairment(Trouble trouble, String command, long seenNanos) {}

  /**
   * None.
   *
   * @param changed called when there is another one, or none any more
   * @param topologyDoubtful called when a key is elsewhere, or the server is no master any more
   */
  Impairments(Clock clock, Traffic traffic, Runnable changed, Runnable topologyDoubtful) {
    this.clock = clock;
    this.traffic = traffic;
    this.changed = changed;
    this.topologyDoubtful = topologyDoubtful;
  }

  /** What does not work; {@code null} if all does. */
  @Nullable Trouble current() {
    Impairment impairment = current.get();
    return impairment == null ? null : impairment.trouble;
  }

  /**
   * Looks at replies.
   *
   * @return the trouble of which a reply says that the server answers nothing now
   */
  @Nullable Trouble inspect(List<RedisCommand> commands, List<@Nullable Object> replies) {
    Impairment before = current.get();
    Trouble refused = null;
    for (int i = 0; i < replies.size(); i++) {
      String command = commands.get(i).name();
      if (replies.get(i) instanceof RedisError error) {
        traffic.errors.increment();
        Trouble trouble = Trouble.of(error);
        if (trouble.effect() == Effect.TIER) {
          refused = trouble;
        } else {
          note(trouble, command);
        }
      } else if (before != null
          && before.command.equals(command)
          && clock.nanos() - before.seenNanos > MEND_NANOS
          && current.compareAndSet(before, null)) {
        changed.run();
      }
    }
    return refused;
  }

  private void note(Trouble trouble, String command) {
    boolean partial = trouble.effect() == Effect.WRITES || trouble.effect() == Effect.COMMAND;
    if (partial) {
      Impairment before = current.getAndSet(new Impairment(trouble, command, clock.nanos()));
      if (before == null || !before.trouble.equals(trouble)) {
        changed.run();
      }
    }
    if (trouble.effect() == Effect.MOVED || trouble.code().equals("READONLY")) {
      topologyDoubtful.run();
    }
  }

  /** Takes over what a new connection says; answers whether that is news. */
  boolean noteRole(boolean master) {
    Impairment before = current.get();
    boolean wasReplica = before != null && before.trouble.code().equals("READONLY");
    if (master == !wasReplica) {
      return false;
    }
    Trouble readOnly = Trouble.of(new RedisError("READONLY", ""));
    current.set(master ? null : new Impairment(readOnly, "SET", clock.nanos()));
    return true;
  }
}
