package org.mapdb.carried.xxhash;

/**
 * The hash that MapDB takes from LZ4: in plain Java, as that of the library goes through {@code
 * sun.misc.Unsafe} or a native library and JDK 25 prints warnings about either.
 */
public final class XXHashFactory {

  private static final XXHashFactory INSTANCE = new XXHashFactory();

  private XXHashFactory() {}

  /**
   * The only factory that there is.
   *
   * @return the same one always
   */
  public static XXHashFactory fastestInstance() {
    return INSTANCE;
  }

  /**
   * A hash of 64 bits over bytes that come in pieces.
   *
   * @param seed what the hash begins with
   * @return a new one, for one thread
   */
  public StreamingXXHash64 newStreamingHash64(long seed) {
    return new StreamingXXHash64(seed);
  }
}
