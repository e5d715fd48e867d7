package io.larder.runtime.logging;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Larder's log: lines on standard error that start with {@code [larder]}, and the last of them for
 * JMX. The application's logging is left alone: to touch it this early would break servers that
 * bring their own. Thread-safe.
 */
public final class Log {

  private static final int KEPT_LINES = 100;

  /** As SLF4J's levels, which are not loaded before there is something to cache. */
  public enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    OFF
  }

  private static volatile Level threshold = Level.INFO;

  /** Whether {@link #overrideLevel} set it. Written under the class's lock. */
  private static boolean overridden;

  /** Guarded by itself. */
  private static final Deque<Line> LINES = new ArrayDeque<>();

  /** A line and when it was written. */
  record Line(long millis, String text) {}

  private Log() {}

  /**
   * Sets what is written, unless {@link #overrideLevel} did.
   *
   * @param level {@code trace}, {@code debug}, {@code info}, {@code warn}, {@code error} or {@code
   *     off}, in any case
   * @throws IllegalArgumentException if it is none of these
   */
  public static synchronized void setLevel(String level) {
    Level wanted = parse(level);
    threshold = overridden ? threshold : wanted;
  }

  /**
   * Sets what is written, stronger than {@link #setLevel}.
   *
   * @param level as there; {@code null} has {@link #setLevel} decide again
   */
  public static synchronized void overrideLevel(@Nullable String level) {
    threshold = level == null ? threshold : parse(level);
    overridden = level != null;
  }

  private static Level parse(String level) {
    try {
      return Level.valueOf(level.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          "log must be trace, debug, info, warn, error or off: \"" + level + "\"", unknown);
    }
  }

  /**
   * The logger of a class. Not through SLF4J's factory: that takes system properties which an
   * application may have set for itself.
   */
  public static Logger logger(Class<?> type) {
    return StderrLogger.of(type.getName()); // verified without loading SLF4J
  }

  static boolean isEnabled(Level level) {
    return level.compareTo(threshold) >= 0;
  }

  /** Writes a line if its level is enabled; keeps it if it is INFO or more. */
  public static void line(Level level, String message) {
    if (level.compareTo(Level.INFO) >= 0) {
      Line kept = new Line(System.currentTimeMillis(), level + " " + message);
      synchronized (LINES) {
        LINES.addFirst(kept);
        if (LINES.size() > KEPT_LINES) {
          LINES.removeLast();
        }
      }
    }
    if (isEnabled(level)) {
      try {
        System.err.println("[larder] " + level + " " + message);
      } catch (RuntimeException | Error theirs) {
        // The stream may be the application's own. The line is kept for JMX.
      }
    }
  }

  /** The last lines of INFO and more, newest first. */
  static List<Line> kept() {
    synchronized (LINES) {
      return List.copyOf(LINES);
    }
  }

  /** {@link #kept}, each with its time of day. */
  public static List<String> recentLines() {
    // Formatted only here: the zone's data is read from files, and whoever writes a line may be
    // in want of them; a class of the JDK that fails to initialize then is lost to the application.
    DateTimeFormatter time =
        DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    return kept().stream()
        .map(line -> time.format(Instant.ofEpochMilli(line.millis)) + " " + line.text)
        .toList();
  }
}
