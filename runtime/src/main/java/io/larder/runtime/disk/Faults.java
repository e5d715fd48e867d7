package io.larder.runtime.disk;

/**
 * What becomes of memory that is mapped from a file which somebody cut: the JVM goes on with
 * anything in place of what it wanted to read, and throws an {@link InternalError} some time later,
 * maybe in the application's code. To settle is to have it thrown here.
 */
final class Faults {

  /** Volatile, so that the compiler does not know how large the array below is. */
  @SuppressWarnings("FieldMayBeFinal")
  private static volatile int one = 1;

  private Faults() {}

  /**
   * Throws what is pending. The JVM looks for it on the way back from its own code, but not on that
   * from a native method (JDK 17). An array of several dimensions is made there, by interpreted and
   * by all compiled code, when they are not known in advance: some 100 ns.
   *
   * <p>To be called whenever what was read is not what was expected.
   *
   * @throws InternalError if mapped memory was not there
   */
  static void settle() {
    byte[][] made = new byte[one][one];
    if (made.length != 1) {
      throw new IllegalStateException("not what was asked for");
    }
  }
}
