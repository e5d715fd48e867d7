package io.larder.runtime.codec;

import java.io.ObjectInputFilter;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Rejects what no honest bytes of the JDK's serialization hold. For one stream. */
final class HostileBytesFilter implements ObjectInputFilter {

  private static final int MAX_DEPTH = 128;

  /**
   * Sets of sets that share their elements are hashed along each way through them: in n bytes,
   * about n / 5 to the power of half the depth ways. So many are a matter of seconds, and three
   * levels, which honest values have, are always allowed.
   */
  private static final double MAX_WAYS = 1e9;

  /** Hash tables are made up to four times as large as what they hold. */
  private static final int ROOM = 4;

  private final Predicate<Class<?>> allows;
  private final int bytes;

  /** The depths at which there are hash tables around what is being read; the first count. */
  private final int[] hashed;

  private int hashedCount;

  HostileBytesFilter(Predicate<Class<?>> allows, int bytes) {
    this.allows = allows;
    this.bytes = bytes;
    double ways = Math.log(Math.max(5, bytes / 5.0));
    this.hashed = new int[(int) Math.max(3, Math.min(MAX_DEPTH, 2 * Math.log(MAX_WAYS) / ways))];
  }

  @Override
  public Status checkInput(FilterInfo info) {
    boolean tooLarge =
        info.depth() > MAX_DEPTH
            || info.references() > bytes
            || info.arrayLength() > (long) ROOM * bytes + 1024;
    Class<?> type = info.serialClass();
    boolean allowed = type == null || allows.test(type);
    return tooLarge || !allowed || isHashedTooDeep(type, (int) info.depth())
        ? Status.REJECTED
        : Status.UNDECIDED;
  }

  private boolean isHashedTooDeep(@Nullable Class<?> type, int depth) {
    while (hashedCount > 0 && hashed[hashedCount - 1] >= depth) {
      hashedCount--;
    }
    if (type == null || !isHashed(type.getName())) {
      return false;
    }
    if (hashedCount == hashed.length) {
      return true;
    }
    hashed[hashedCount++] = depth;
    return false;
  }

  private static boolean isHashed(String className) {
    return className.startsWith("java.util.")
        && (className.contains("Hash") || className.equals("java.util.CollSer"));
  }
}
