package io.larder.sample.replay;

import io.larder.sample.PageRequest;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Sends the first requests of a trace to the processes of a service in turn and keeps the time and
 * a digest of each response. Each thread is a visitor who asks for the next page when the last one
 * has come.
 */
final class Replay {

  private final List<URI> services;
  private final Trace trace;
  private final int count;
  private final IntConsumer before;
  private final BooleanSupplier gone;
  private final ProgressBar progress;
  private final AtomicInteger next = new AtomicInteger();
  private final long[] nanos;
  private final byte[][] digests;

  private Replay(
      List<URI> services,
      Trace trace,
      int count,
      IntConsumer before,
      BooleanSupplier gone,
      ProgressBar progress) {
    this.services = List.copyOf(services);
    this.trace = trace;
    this.count = count;
    this.before = before;
    this.gone = gone;
    this.progress = progress;
    this.nanos = new long[count];
    this.digests = new byte[count][];
  }

  /**
   * Replays, and returns when all is answered.
   *
   * @param before is told the place of each request by the visitor who is about to send it
   * @throws IOException when the service does not answer, or does not answer with a page
   */
  static Responses run(
      List<URI> services,
      Trace trace,
      int count,
      int threads,
      IntConsumer before,
      ProgressBar progress)
      throws IOException, InterruptedException {
    return new Replay(services, trace, count, before, () -> false, progress).run(threads);
  }

  /**
   * Replays until the service is killed: by the visitor who is about to send the last request,
   * while the others wait for their pages.
   *
   * @param kill kills the service
   * @return the responses before the first that did not come
   * @throws IOException when the service does not answer before it is killed, or does not answer
   *     with a page
   */
  static Responses untilKilled(
      List<URI> services, Trace trace, int count, int threads, Runnable kill, ProgressBar progress)
      throws IOException, InterruptedException {
    AtomicBoolean killed = new AtomicBoolean();
    IntConsumer killer =
        place -> {
          if (place == count - 1) {
            killed.set(true); // before the others notice
            kill.run();
          }
        };
    return new Replay(services, trace, count, killer, killed::get, progress).run(threads);
  }

  private Responses run(int threads) throws IOException, InterruptedException {
    ExecutorService visitors = Executors.newFixedThreadPool(threads);
    List<Future<?>> ends = new ArrayList<>();
    long start = System.nanoTime();
    for (int thread = 0; thread < threads; thread++) {
      ends.add(
          visitors.submit(
              () -> {
                visit();
                return null;
              }));
    }
    visitors.shutdown();
    try {
      for (Future<?> end : ends) {
        end.get();
      }
    } catch (ExecutionException failure) {
      progress.abandon();
      Throwable reason = failure.getCause() == null ? failure : failure.getCause();
      throw new IOException("the replay stopped: " + reason.getMessage(), failure);
    } finally {
      if (!visitors.awaitTermination(HttpConnection.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
        visitors.shutdownNow();
      }
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    progress.finish();
    int answered = answered();
    return new Responses(Arrays.copyOf(nanos, answered), Arrays.copyOf(digests, answered), elapsed);
  }

  /** How many responses there are before the first that is missing. */
  private int answered() {
    int answered = 0;
    while (answered < count && digests[answered] != null) {
      answered++;
    }
    return answered;
  }

  /** Each place is taken by one thread only, and read after that thread has ended. */
  private void visit() throws IOException, NoSuchAlgorithmException {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    List<HttpConnection> connections = new ArrayList<>();
    try {
      for (URI service : services) {
        connections.add(new HttpConnection(service));
      }
      for (int place = next.getAndIncrement(); place < count; place = next.getAndIncrement()) {
        PageRequest request = trace.request(place);
        HttpConnection connection = connections.get(place % connections.size());
        before.accept(place);
        long start = System.nanoTime();
        HttpConnection.Response response = connection.get(request.toPath());
        nanos[place] = System.nanoTime() - start;
        if (response.status() != 200) {
          throw new IOException(
              "status %d for %s: %s"
                  .formatted(response.status(), request.toPath(), response.text().strip()));
        }
        digests[place] = sha256.digest(response.body());
        progress.step();
      }
    } catch (IOException failure) {
      if (!gone.getAsBoolean()) {
        throw failure;
      }
    } finally {
      next.set(count); // nothing is left, or after a failure the other visitors need not go on
      for (HttpConnection connection : connections) {
        connection.close();
      }
    }
  }
}
