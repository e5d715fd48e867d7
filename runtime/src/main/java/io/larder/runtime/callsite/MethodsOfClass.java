package io.larder.runtime.callsite;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The woven methods of one class that were called, by their encoded specs. Thread-safe. */
final class MethodsOfClass {

  private final WeavingGate gate;
  private final Map<String, CachedMethod> methods = new ConcurrentHashMap<>();

  /** Those that are woven; {@code null} as long as the class was not woven anew. */
  private volatile @Nullable Set<String> woven;

  MethodsOfClass(WeavingGate gate) {
    this.gate = gate;
  }

  @Nullable CachedMethod get(String encoded) {
    return methods.get(encoded);
  }

  /** Answers the one that is known from then on. */
  CachedMethod putIfAbsent(String encoded, CachedMethod made) {
    CachedMethod raced = methods.putIfAbsent(encoded, made);
    return raced == null ? made : raced;
  }

  /**
   * Has a method be cached if it is woven. Whoever links may have come from a body that is not: it
   * was called before the class was woven anew, and must not have cached again what is not seen.
   */
  void open(String encoded, CachedMethod method) {
    if (!method.isOpen()) {
      gate.enter(method, () -> isWoven(encoded));
    }
  }

  private boolean isWoven(String encoded) {
    Set<String> known = woven;
    return known == null || known.contains(encoded);
  }

  /** As {@link CallSiteLinker#keepOnly}. */
  void keepOnly(Set<String> encoded) {
    woven = encoded; // first: who is just linking a method looks before it is open
    methods.forEach(
        (spec, method) -> {
          if (encoded.contains(spec)) {
            open(spec, method); // here for those without call sites
          } else {
            method.close();
          }
        });
  }
}
