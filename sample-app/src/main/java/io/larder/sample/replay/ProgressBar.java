package io.larder.sample.replay;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shows how far something has come: a bar that is drawn over itself on a terminal, a line at each
 * quarter anywhere else. Thread-safe.
 */
final class ProgressBar {

  private static final int WIDTH = 24;
  private static final long REDRAW_NANOS = 100_000_000;

  private final PrintStream out;
  private final boolean terminal;
  private final String label;
  private final int total;
  private final long start = System.nanoTime();
  private final AtomicInteger done = new AtomicInteger();
  private long drawnAt = start; // guarded by this
  private int quarter; // guarded by this

  ProgressBar(PrintStream out, boolean terminal, String label, int total) {
    this.out = out;
    this.terminal = terminal;
    this.label = label;
    this.total = total;
  }

  void step() {
    int now = done.incrementAndGet();
    if (terminal ? now % 16 == 0 : now * 4L / total != (now - 1) * 4L / total) {
      draw(now);
    }
  }

  /** Ends the bar at its full length. */
  synchronized void finish() {
    if (terminal) {
      out.print("\r" + line(done.get(), System.nanoTime() - start) + "\n");
      out.flush();
    }
  }

  /** Ends the bar where it is. */
  void abandon() {
    if (terminal) {
      out.println();
    }
  }

  private synchronized void draw(int now) {
    long time = System.nanoTime();
    if (!terminal) {
      int reached = (int) (now * 4L / total);
      if (reached > quarter) {
        quarter = reached;
        out.println(line(now, time - start).stripTrailing());
      }
    } else if (time - drawnAt >= REDRAW_NANOS) {
      drawnAt = time;
      out.print("\r" + line(now, time - start));
      out.flush();
    }
  }

  private String line(int now, long nanos) {
    double seconds = Math.max(1, nanos) / 1e9;
    long left = Math.round((total - now) * seconds / Math.max(1, now));
    int filled = (int) ((long) WIDTH * now / total);
    String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
    // The end is padded, so that a shorter line covers a longer one.
    String end = now == total ? "%.0f s".formatted(seconds) : left + " s left";
    return "  %-8s [%s] %3d %%  %,6d of %,6d  %-11s"
        .formatted(label, bar, 100L * now / total, now, total, end);
  }
}
