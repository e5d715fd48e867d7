package io.larder.runtime.thread;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How long a thread was ready to run and waited for a processor, as Linux counts it; 0 elsewhere.
 * For the thread that opened it.
 */
public final class RunQueue {

  private static final Path OF_THREAD = Path.of("/proc/thread-self/schedstat");

  private final @Nullable RandomAccessFile file;
  private final byte[] line = new byte[100];

  private RunQueue(@Nullable RandomAccessFile file) {
    this.file = file;
  }

  /** That of the thread which calls. */
  public static RunQueue ofThisThread() throws IOException {
    // Opened once, it stays that of the thread which opened it.
    return new RunQueue(
        Files.isReadable(OF_THREAD) ? new RandomAccessFile(OF_THREAD.toFile(), "r") : null);
  }

  /** The nanoseconds by now. */
  public long waitedNanos() throws IOException {
    if (file == null) {
      return 0;
    }
    file.seek(0);
    String text = new String(line, 0, Math.max(0, file.read(line)), StandardCharsets.US_ASCII);
    // Nanoseconds of running, of waiting, and how often it ran.
    int first = text.indexOf(' ');
    return Long.parseLong(text.substring(first + 1, text.indexOf(' ', first + 1)));
  }
}
