package io.larder.agent;

import io.larder.agent.weaving.WeavingOutcome;
import io.larder.runtime.logging.Log;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers and reports what became of methods, as long as their classes are there. Thread-safe.
 */
final class WeavingLog {

  private static final int KEPT_REJECTIONS = 1_000;

  /** Of classes of the bootstrap loader, which has no object. */
  private static final ClassLoader BOOT = ClassLoader.getPlatformClassLoader();

  /** By loader, by class name. Guarded by this. */
  private final Map<ClassLoader, Map<String, List<WeavingOutcome>>> outcomes = new WeakHashMap<>();

  /** Methods that were ever woven. Guarded by this. */
  private final Set<String> woven = new HashSet<>();

  /** Lines that were written. Guarded by this. */
  private final Set<String> said = new HashSet<>();

  /** What became of a class whose methods cannot be told apart. Guarded by this. */
  private final List<String> unreadable = new ArrayList<>();

  /** The methods that are cached, by cache; {@code null} until asked for. Written under this. */
  private volatile @Nullable Map<String, Set<String>> cached;

  /** Takes down what became of the methods of a class, in place of what was known of it. */
  void replace(@Nullable ClassLoader loader, String className, List<WeavingOutcome> ofClass) {
    List<String> lines = new ArrayList<>();
    synchronized (this) {
      Map<String, List<WeavingOutcome>> ofLoader =
          outcomes.computeIfAbsent(loader == null ? BOOT : loader, each -> new LinkedHashMap<>());
      if (ofClass.isEmpty()) {
        ofLoader.remove(className);
      } else {
        ofLoader.put(className, ofClass);
      }
      cached = null;
      for (WeavingOutcome outcome : ofClass) {
        if (outcome.kind() == WeavingOutcome.Kind.REFUSED) {
          String line = refusal(outcome);
          if (!outcome.isDeliberate()) { // what wildcards reach besides is no mistake
            Log.line(Log.Level.DEBUG, line);
          } else if (said.size() < KEPT_REJECTIONS && said.add(line)) { // not again in each loader
            lines.add(line);
          }
        } else if (outcome.isWoven()) {
          woven.add(outcome.id()); // once, however often its class is transformed anew
          Log.line(Log.Level.DEBUG, outcome.method() + " " + outcome.doing());
        }
      }
    }
    lines.forEach(line -> Log.line(Log.Level.WARN, line));
  }

  /** A class that may have something to cache could not even be read. */
  void unreadable(String className, Throwable failure) {
    String line = className + " stays uncached: its class file could not be read: " + failure;
    synchronized (this) {
      if (said.size() >= KEPT_REJECTIONS || !said.add(line)) {
        return;
      }
      unreadable.add(line);
    }
    Log.line(Log.Level.WARN, line);
  }

  private static String refusal(WeavingOutcome outcome) {
    String asked = outcome.rule() == null ? "annotated" : "named";
    String missing =
        switch (outcome.purpose()) {
          case CACHE -> " stays uncached: ";
          case INVALIDATE -> " does not invalidate as " + asked + ": ";
          case PUT -> " does not put as " + asked + ": ";
        };
    return outcome.method()
        + missing
        + outcome.detail()
        + (outcome.rule() == null ? "" : " (" + outcome.origin() + ")");
  }

  /** Whether methods of a class are woven, as far as is known. */
  synchronized boolean isWoven(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return outcomes
        .getOrDefault(loader == null ? BOOT : loader, Map.of())
        .getOrDefault(type.getName(), List.of())
        .stream()
        .anyMatch(WeavingOutcome::isWoven);
  }

  /** What became of all methods of classes that are there. */
  synchronized List<WeavingOutcome> all() {
    return outcomes.values().stream()
        .flatMap(ofLoader -> ofLoader.values().stream())
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  /** The methods that are cached in caches of a name, whatever their loader. */
  Set<String> cachedIn(String cacheName) {
    Map<String, Set<String>> known = cached;
    if (known == null) {
      synchronized (this) {
        known = new HashMap<>();
        for (WeavingOutcome outcome : all()) {
          if (outcome.kind() == WeavingOutcome.Kind.CACHED) {
            known.computeIfAbsent(outcome.detail(), name -> new HashSet<>()).add(outcome.id());
          }
        }
        cached = known;
      }
    }
    return known.getOrDefault(cacheName, Set.of());
  }

  /** How many methods were ever woven. */
  synchronized int wovenMethods() {
    return woven.size();
  }

  /** Methods that were to be cached and are not, each with the reason. */
  List<String> rejectedMethods() {
    List<String> all = new ArrayList<>();
    synchronized (this) {
      all.addAll(unreadable);
    }
    all().stream()
        .filter(outcome -> outcome.kind() == WeavingOutcome.Kind.REFUSED)
        .map(WeavingLog::refusal)
        .distinct()
        .forEach(all::add);
    return List.copyOf(all);
  }
}
