package io.larder.runtime.disk;

/**
 * What a warm start did. Point in time.
 *
 * @param named entries that the JVM before used most
 * @param read those of them that were read ahead
 * @param used those of these that were asked for since
 * @param bytes of those read
 * @param state in words
 */
public record WarmStartFigures(int named, int read, int used, long bytes, String state) {

  /** There is none. */
  public static final WarmStartFigures NONE = new WarmStartFigures(0, 0, 0, 0, "off");
}
