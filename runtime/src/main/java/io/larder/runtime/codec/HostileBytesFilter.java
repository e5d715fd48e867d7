package io.larder.runtime.codec;

import java.io.ObjectInputFilter;
import java.util.function.Predicate;

/**
 * Rejects what no honest bytes of the JDK's serialization hold.
 *
 * @param allows whether a class may occur
 * @param bytes how many there are
 */
record HostileBytesFilter(Predicate<Class<?>> allows, int bytes) implements ObjectInputFilter {

  private static final int MAX_DEPTH = 128;

  /** Hash tables are made up to four times as large as what they hold. */
  private static final int ROOM = 4;

  @Override
  public Status checkInput(FilterInfo info) {
    boolean tooLarge =
        info.depth() > MAX_DEPTH
            || info.references() > bytes
            || info.arrayLength() > (long) ROOM * bytes + 1024;
    Class<?> type = info.serialClass();
    return tooLarge || (type != null && !allows.test(type)) ? Status.REJECTED : Status.UNDECIDED;
  }
}
