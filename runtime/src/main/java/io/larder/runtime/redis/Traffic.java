package io.larder.runtime.redis;

import io.larder.runtime.stats.LoadTimes;
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
}
