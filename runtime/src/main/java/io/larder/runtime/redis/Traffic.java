package io.larder.runtime.redis;

import io.larder.runtime.stats.LoadTimes;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What went to and came from Redis, counted since the start. Thread-safe. */
final class Traffic {

  final LongAdder connects = new LongAdder();
  final LongAdder bytesRead = new LongAdder();
  final LongAdder bytesWritten = new LongAdder();
  final LongAdder rejected = new LongAdder();
  final LongAdder deadlineMisses = new LongAdder();
  final LongAdder lost = new LongAdder();
  final LongAdder errors = new LongAdder();
  final LoadTimes reads = new LoadTimes();
  final LoadTimes writes = new LoadTimes();

  /** Counts an exchange that was answered, and takes what its connection counted. */
  void count(
      RedisConnection connection, List<RedisCommand> commands, long tookNanos, long nowNanos) {
    bytesRead.add(connection.takeBytesRead());
    bytesWritten.add(connection.takeBytesWritten());
    boolean write = !commands.isEmpty() && !isRead(commands.get(0).name());
    (write ? writes : reads).record(tookNanos, nowNanos, /* weight= */ 1);
  }

  private static boolean isRead(String command) {
    return switch (command) {
      case "GET", "MGET", "HMGET", "HGET", "EXISTS", "PTTL", "PING", "STRLEN" -> true;
      default -> false;
    };
  }
}
