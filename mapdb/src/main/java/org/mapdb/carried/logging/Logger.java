package org.mapdb.carried.logging;

import java.util.function.Supplier;

/**
 * A logger that drops what MapDB logs. It would go through {@code java.util.logging}: to the
 * application's stderr, and the first use of that in a JVM fixes whose log manager it has.
 */
public final class Logger {

  private static final Logger SILENT = new Logger();

  private Logger() {}

  /**
   * The only logger that there is.
   *
   * @param name any
   * @return the same one always
   */
  public static Logger getLogger(String name) {
    return SILENT;
  }

  /**
   * Drops a message.
   *
   * @param level how important it is
   * @param message the text
   * @param thrown what went wrong, which MapDB throws or returns as well
   */
  public void log(Level level, String message, Throwable thrown) {}

  /**
   * Drops a message.
   *
   * @param message the text
   */
  public void warning(String message) {}

  /**
   * Drops a message without having it put together.
   *
   * @param message the text
   */
  public void warning(Supplier<String> message) {}
}
