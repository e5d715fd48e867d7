package io.larder.agent.weaving;

import io.larder.Cached;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;

/** A class of which one method is woven and all else must stay as it is. */
@Tag("kept")
@SuppressWarnings("unused")
class Unchanged implements Comparable<Unchanged> {

  static final long CONSTANT = 1L << 40;
  private final Map<String, List<? extends Number>> field = Map.of();

  Unchanged() {}

  @Cached
  int cached(int a) {
    return a + 1;
  }

  @Tag("kept")
  static <T extends Exception> String signature(List<? super T> all, int... more)
      throws T, IOException {
    return all.toString() + more.length;
  }

  Supplier<String> lambda(String text) {
    return () -> text + field + CONSTANT;
  }

  int branches(Object a) {
    try {
      for (int i = 0; i < 10; i++) {
        if (a.hashCode() == i) {
          return i;
        }
      }
    } catch (RuntimeException failure) {
      synchronized (this) {
        return -1;
      }
    } finally {
      Thread.onSpinWait();
    }
    return a instanceof String text && !text.isEmpty() ? 1 : 0;
  }

  @Override
  public int compareTo(Unchanged other) {
    return Integer.compare(hashCode(), other.hashCode());
  }
}
