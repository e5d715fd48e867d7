package io.larder.runtime.shared;

import io.larder.runtime.redis.RedisCommand;
import io.larder.runtime.redis.RedisExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Lets several threads go on step by step, one at a time, in a random order. A step ends where an
 * actor says so, and at each exchange with Redis, before and after it.
 */
@SuppressWarnings("ThreadLocalUsage") // one for each schedule, which ends with its test
final class Schedule {

  /** One thread that takes part. */
  private static final class Actor {
    private final Semaphore mayGo = new Semaphore(0);
    private boolean ended;
  }

  private static final ThreadLocal<@Nullable Actor> CURRENT = new ThreadLocal<>();
  private final Semaphore stopped = new Semaphore(0);
  private final List<Actor> waiting = new ArrayList<>();
  private int expected;
  private Random random = new Random();

  /** Begins a round. */
  void begin(int actors, Random order) {
    expected = actors;
    random = order;
  }

  /** Plays one actor, in its own thread. */
  void play(Runnable actor) {
    Actor me = new Actor();
    CURRENT.set(me);
    synchronized (waiting) {
      waiting.add(me);
    }
    try {
      stop(me);
      actor.run();
    } finally {
      CURRENT.remove();
      me.ended = true;
      stopped.release();
    }
  }

  /** Lets the actors go on until all have ended. */
  void run() {
    stopped.acquireUninterruptibly(expected); // all stand at their begin
    List<Actor> alive;
    synchronized (waiting) {
      alive = new ArrayList<>(waiting);
      waiting.clear();
    }
    while (!alive.isEmpty()) {
      Actor next = alive.get(random.nextInt(alive.size()));
      next.mayGo.release();
      stopped.acquireUninterruptibly();
      if (next.ended) {
        alive.remove(next);
      }
    }
  }

  /** Ends a step of the actor whose thread this is. */
  void step() {
    Actor me = CURRENT.get();
    if (me != null) {
      stop(me);
    }
  }

  private void stop(Actor me) {
    stopped.release();
    me.mayGo.acquireUninterruptibly();
  }

  /**
   * Redis, with a step before and after each exchange of an actor.
   *
   * @param split whether keys are to count as being on different nodes
   */
  RedisExchange through(RedisExchange redis, boolean split) {
    return new RedisExchange() {
      @Override
      public boolean isSplit() {
        return split;
      }

      @Override
      public List<@Nullable Object> exchange(byte[] routingKey, List<RedisCommand> commands) {
        step();
        List<@Nullable Object> replies = redis.exchange(routingKey, commands);
        step();
        return replies;
      }

      @Override
      public List<@Nullable Object> exchangeEach(List<RedisCommand> commands) {
        step();
        List<@Nullable Object> replies = redis.exchangeEach(commands);
        step();
        return replies;
      }
    };
  }
}
