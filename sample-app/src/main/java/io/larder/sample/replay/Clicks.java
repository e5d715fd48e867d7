package io.larder.sample.replay;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A few requests a second from a trace, over and over, so that there is something to look at. */
final class Clicks implements AutoCloseable {

  static final int PER_SECOND = 25;

  private final ScheduledExecutorService visitor = Executors.newSingleThreadScheduledExecutor();
  private final HttpConnection connection;
  private final Trace trace;
  private final AtomicInteger next = new AtomicInteger();

  /** Connects; nothing is asked before {@link #start}. */
  Clicks(URI service, Trace trace) throws IOException {
    this.connection = new HttpConnection(service);
    this.trace = trace;
  }

  void start() {
    var unused =
        visitor.scheduleAtFixedRate(
            this::click, /* initialDelay= */ 0, 1_000 / PER_SECOND, TimeUnit.MILLISECONDS);
  }

  private void click() {
    int place = next.getAndUpdate(last -> (last + 1) % trace.size());
    try {
      connection.get(trace.request(place).toPath());
    } catch (IOException closed) {
      visitor.shutdown(); // the service has ended, which its owner sees by itself
    }
  }

  @Override
  public void close() throws IOException {
    visitor.shutdownNow();
    connection.close();
  }
}
