package io.larder.agent;

import io.larder.runtime.logging.Log;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.List;

/** Has the JVM transform classes anew that are loaded already. */
final class Retransformation {

  private static final int BATCH = 100;

  private final Jvm jvm;

  /** As {@link Instrumentation#retransformClasses}. */
  interface Jvm {
    void retransform(Class<?>... classes) throws UnmodifiableClassException;
  }

  Retransformation(Jvm jvm) {
    this.jvm = jvm;
  }

  /** Transforms classes; reports those with which the JVM does not agree. */
  void of(List<Class<?>> classes) {
    for (int from = 0; from < classes.size(); from += BATCH) {
      batch(classes.subList(from, Math.min(from + BATCH, classes.size())));
    }
  }

  private void batch(List<Class<?>> classes) {
    try {
      jvm.retransform(classes.toArray(new Class<?>[0]));
    } catch (UnmodifiableClassException | LinkageError | RuntimeException failure) {
      if (classes.size() == 1) {
        Log.line(
            Log.Level.WARN,
            classes.get(0).getName()
                + " stays uncached: it was loaded before Larder and "
                + failure);
        return;
      }
      for (Class<?> one : classes) { // so that one does not keep the others from being cached
        batch(List.of(one));
      }
    }
  }
}
