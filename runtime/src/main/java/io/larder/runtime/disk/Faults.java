package io.larder.runtime.disk;

/**
 * What becomes of memory that is mapped from a file which somebody cut: the JVM goes on with
 * anything in place of what it wanted to read, and throws an {@link InternalError} some time later,
 * maybe in the application's code. To settle is to have it thrown here.
 */
final class Faults {

  private static final Object NOBODYS = new Object();

  private Faults() {}

  /**
   * Throws what is pending: the JVM looks for it when a method that is not in Java returns. To be
   * called whenever what was read is not what was expected.
   *
   * @throws InternalError if mapped memory was not there
   */
  static void settle() {
    if (Thread.holdsLock(NOBODYS)) {
      throw new IllegalStateException("a lock that nobody takes is held");
    }
  }
}
