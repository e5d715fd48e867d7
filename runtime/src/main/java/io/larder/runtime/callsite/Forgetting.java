package io.larder.runtime.callsite;

import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.coordinator.InvalidationListener;
import io.larder.runtime.coordinator.TagSource;
import io.larder.runtime.logging.Log;
import io.larder.runtime.policy.InvalidationSpec;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One thing that a method has forgotten: in all caches of a name, whichever class loader they
 * belong to, because to forget too much is never wrong. For the same reason all of a cache is
 * forgotten where the key of one result or its tags cannot be read, or where the key could not be
 * that of any. Thread-safe.
 */
final class Forgetting {

  private static final Logger logger = Log.logger(Forgetting.class);

  private final CacheRegistry registry;
  private final InvalidationSpec.Target target;
  private final String method;
  private final int firstArgument;
  private final @Nullable KeyReader key;
  private final @Nullable Tagging tags;
  private volatile boolean warned;
  private volatile boolean noted;

  /** What one call forgets, with what counts of its arguments read already. */
  interface Pending {
    /**
     * Forgets it; does not throw.
     *
     * @param result what the method returned, if it did
     */
    void forget(boolean returned, @Nullable Object result);
  }

  /**
   * What a method forgets.
   *
   * @param owner sees what its class sees
   * @param target one of the spec's
   */
  Forgetting(
      CacheRegistry registry,
      MethodHandles.Lookup owner,
      InvalidationSpec spec,
      InvalidationSpec.Target target) {
    this.registry = registry;
    this.target = target;
    this.method = owner.lookupClass().getName() + "#" + spec.signature();
    this.firstArgument = spec.isStatic() ? 0 : 1;
    this.key = target.what() == InvalidationSpec.What.KEY ? readerOf(owner, spec) : null;
    this.tags =
        target.what() == InvalidationSpec.What.TAGS
            ? Tagging.of(owner, method, target.tags())
            : null;
  }

  private @Nullable KeyReader readerOf(MethodHandles.Lookup owner, InvalidationSpec spec) {
    try {
      return KeyReader.of(owner, spec.descriptor(), spec.isStatic(), target.key());
    } catch (IllegalArgumentException | TypeNotPresentException | LinkageError noSuchProperty) {
      warn(noSuchProperty.getMessage());
      return null;
    }
  }

  /** Whether it is forgotten before the method runs. */
  boolean isBefore() {
    return target.before();
  }

  /** Whether it is forgotten also when the method throws. */
  boolean isOnFailure() {
    return target.onFailure();
  }

  /**
   * Reads what counts of a call's arguments, as the method may change them.
   *
   * @param arguments with the instance in front, if there is one
   */
  Pending of(@Nullable Object[] arguments) {
    if (key != null) {
      return ofKey(key, arguments);
    }
    return tags == null ? (returned, result) -> forgetAll() : ofTags(tags, arguments);
  }

  private Pending ofKey(KeyReader reader, @Nullable Object[] arguments) {
    @Nullable Object[] values;
    try {
      values = reader.ofArguments(arguments);
    } catch (Throwable problem) { // of a getter; its message may hold the argument
      warn("its key could not be read, " + problem.getClass().getName());
      return (returned, result) -> forgetAll();
    }
    return (returned, result) -> {
      if (reader.needsResult() && !returned) {
        forgetAll();
        return;
      }
      try {
        reader.addResult(values, result);
      } catch (Throwable problem) { // as above
        warn(
            problem instanceof NoPropertyException
                ? problem.getMessage()
                : "its key could not be read, " + problem.getClass().getName());
        forgetAll();
        return;
      }
      forget(values);
    };
  }

  private Pending ofTags(Tagging tagging, @Nullable Object[] arguments) {
    TagSource source = tagging.of(Arrays.copyOfRange(arguments, firstArgument, arguments.length));
    return (returned, result) -> {
      List<String> names =
          source == null || (source.needsResult() && !returned) ? null : source.tags(result);
      if (names == null) {
        forgetAll();
      } else {
        names.forEach(this::forgetTag);
      }
    };
  }

  private void forget(@Nullable Object[] values) {
    boolean found = false;
    for (Cache cache : registry.caches()) {
      if (cache.name().equals(target.cacheName())) {
        found = true;
        forgetIn(cache, values);
      }
    }
    if (!found) {
      tell(listener -> listener.invalidatedKey(target.cacheName(), values));
    }
  }

  /** Forgets a key in one cache; does not throw. */
  void forgetIn(Cache cache, @Nullable Object[] values) {
    try {
      if (cache.invalidate(values) == 0 && !cache.couldHold(values)) {
        cache.invalidateAll();
        noteUnlikely();
      }
    } catch (Throwable problem) { // the application has its result and must not see this
      cache.problem(problem);
      forgetAll(cache);
    }
  }

  private void forgetTag(String tag) {
    List<Cache> caches =
        registry.caches().stream()
            .filter(cache -> isEach() || cache.name().equals(target.cacheName()))
            .toList();
    tell(listener -> listener.invalidatedTag(target.cacheName(), tag));
    for (Cache cache : caches) {
      cache.applyRemoteTagInvalidation(tag);
    }
  }

  /** Whether the tags of all caches are meant. */
  private boolean isEach() {
    return target.cacheName().isEmpty();
  }

  private void forgetAll() {
    boolean found = false;
    for (Cache cache : registry.caches()) {
      if (isEach() ? cache.hasTags() : cache.name().equals(target.cacheName())) {
        found = true;
        forgetAll(cache);
      }
    }
    if (isEach()) {
      tell(InvalidationListener::invalidatedEverything);
    } else if (!found) {
      tell(listener -> listener.invalidatedAll(target.cacheName()));
    }
  }

  private static void forgetAll(Cache cache) {
    try {
      cache.invalidateAll();
    } catch (Throwable problem) { // the application has its result and must not see this
      cache.problem(problem);
    }
  }

  /** Of a cache that is not here there may be one in another JVM. */
  private void tell(Consumer<InvalidationListener> event) {
    try {
      registry.tellOthers(event);
    } catch (Throwable problem) { // as above
      warn("it could not be passed on, " + problem.getClass().getName());
    }
  }

  private void warn(@Nullable String reason) {
    if (!warned) {
      warned = true;
      logger.warn(
          "{} forgets all of cache \"{}\", not one result: {}", method, target.cacheName(), reason);
    }
  }

  /** No warning, as it is so for a moment, too, while classes are woven anew. */
  private void noteUnlikely() {
    if (!noted) {
      noted = true;
      logger.info(
          "{} forgets all of cache \"{}\", not one result: no method that is cached there has a key"
              + " of such values",
          method,
          target.cacheName());
    }
  }
}
