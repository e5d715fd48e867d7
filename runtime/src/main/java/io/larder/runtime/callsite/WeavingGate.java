package io.larder.runtime.callsite;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Lets methods be cached, but none while classes that are loaded are being woven: the JVM takes
 * them some at a time, and a method must not be cached before the one that invalidates it is woven,
 * too. Thread-safe.
 */
final class WeavingGate {

  /** How many have it shut. */
  private final AtomicInteger shut = new AtomicInteger();

  /** Those that came while it was shut, or are on their way, with what else they depend on. */
  private final Map<CachedMethod, BooleanSupplier> waiting = new ConcurrentHashMap<>();

  /** Has methods wait that come from now on, until as many opened it as have shut it. */
  void shut() {
    shut.incrementAndGet();
  }

  /** Lets all pass that wait, and those that come from now on, unless another has it shut. */
  void open() {
    shut.decrementAndGet();
    waiting.forEach(
        (method, may) -> {
          try {
            letPass(method, may);
          } catch (Throwable failure) { // which must not keep others from passing
            method.problem(failure);
          }
        });
  }

  /**
   * Has a method be cached, at once or when the gate opens.
   *
   * @param may whether it may then; else it is forgotten about here
   */
  void enter(CachedMethod method, BooleanSupplier may) {
    // Before it looks whether the gate is shut: whoever opens sees it, or it does.
    waiting.put(method, may);
    letPass(method, may);
  }

  private void letPass(CachedMethod method, BooleanSupplier may) {
    boolean waits = false;
    try {
      method.openIf(() -> shut.get() == 0 && may.getAsBoolean());
      // Those that may, and found it shut, wait; one without a cache comes again when it has one.
      waits = !method.isOpen() && method.isJoined() && may.getAsBoolean();
    } finally {
      if (!waits) {
        waiting.remove(method, may);
      }
    }
  }
}
