package io.larder.runtime.shared;

/** Whether all is coherent, since when, and what was counted on the way. Thread-safe. */
final class StandingBoard {

  private volatile Standing now =
      new Standing(false, "Redis is not connected yet", System.currentTimeMillis(), 0, 0, 0);

  /** One object, so that its parts go together. */
  private record Standing(
      boolean coherent,
      String reason,
      long sinceMillis,
      long doubts,
      long messages,
      long missing) {}

  boolean isCoherent() {
    return now.coherent;
  }

  synchronized void coherent() {
    Standing was = now;
    now = new Standing(true, "", System.currentTimeMillis(), was.doubts, was.messages, 0);
  }

  /** Notes a doubt, or another reason for it; answers whether there was none before. */
  synchronized boolean doubtful(String reason, long missing) {
    Standing was = now;
    now =
        new Standing(
            false,
            reason,
            was.coherent ? System.currentTimeMillis() : was.sinceMillis,
            was.doubts + (was.coherent ? 1 : 0),
            was.messages,
            missing);
    return was.coherent;
  }

  /** Notes a message of another JVM. */
  synchronized void heard(long missing) {
    Standing was = now;
    now =
        new Standing(
            was.coherent, was.reason, was.sinceMillis, was.doubts, was.messages + 1, missing);
  }

  SharedStatus status(int pending) {
    Standing shown = now;
    return new SharedStatus(
        shown.coherent,
        shown.reason,
        shown.sinceMillis,
        shown.doubts,
        pending,
        shown.messages,
        shown.missing);
  }
}
