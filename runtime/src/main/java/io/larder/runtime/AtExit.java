package io.larder.runtime;

/** What is done when the JVM ends by itself; it may begin to do so at any time. */
final class AtExit {

  private AtExit() {}

  /** Has a thread run then; if it ends already, what waits is lost, as in a crash. */
  static void add(Thread thread) {
    try {
      Runtime.getRuntime().addShutdownHook(thread);
    } catch (IllegalStateException exiting) {
      // What is lost costs another load.
    }
  }

  /** Takes back {@link #add}. */
  static void remove(Thread thread) {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException exiting) {
      // It runs, or has run.
    }
  }
}
