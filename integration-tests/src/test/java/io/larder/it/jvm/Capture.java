package io.larder.it.jvm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one stream of a process to its end on a thread of its own, so that it never fills up. */
final class Capture {

  private final List<String> lines = new ArrayList<>(); // guarded by this
  private final Thread reader;
  private int searched; // guarded by this
  private boolean ended; // guarded by this

  Capture(String name, InputStream stream) {
    reader = new Thread(() -> read(stream), name);
    reader.setDaemon(true);
    reader.start();
  }

  private void read(InputStream stream) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        synchronized (this) {
          lines.add(line);
          notifyAll();
        }
      }
    } catch (IOException closed) {
      // The process was destroyed; what was read until then stands.
    } finally {
      synchronized (this) {
        ended = true;
        notifyAll();
      }
    }
  }

  /** The next line, after the one found last, in which the pattern is found; waits for it. */
  synchronized Optional<Matcher> await(Pattern pattern, Duration atMost)
      throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      while (searched < lines.size()) {
        Matcher matcher = pattern.matcher(lines.get(searched++));
        if (matcher.find()) {
          return Optional.of(matcher);
        }
      }
      long left = deadline - System.nanoTime();
      if (ended || left <= 0) {
        return Optional.empty();
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** Waits until the stream ended; a grandchild that holds it open is not waited for for ever. */
  void awaitEnd() throws InterruptedException {
    reader.join(Duration.ofSeconds(10).toMillis());
  }

  synchronized String text() {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
