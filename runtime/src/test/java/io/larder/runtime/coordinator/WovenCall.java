package io.larder.runtime.coordinator;

import io.larder.bootstrap.LarderHit;
import io.larder.bootstrap.LarderLink;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.memory.Front;
import io.larder.runtime.memory.MemoryTier;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Key;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What a woven method does, step by step, with a body and a key of the test's choice. */
final class WovenCall {

  private static final ResultType ANY = ResultType.of(Object.class);

  private WovenCall() {}

  /** Calls a method that returns {@code Object}. */
  static @Nullable Object call(Cache cache, Object key, Callable<?> body) throws Exception {
    return call(cache, key, ANY, body);
  }

  /** Calls a method that returns {@code Object} and whose results have tags. */
  static @Nullable Object call(Cache cache, Object key, TagSource tags, Callable<?> body)
      throws Exception {
    return call(cache, key, ANY, /* method= */ null, tags, body);
  }

  /** Calls a method; what its body or another's throws comes out as it is. */
  static @Nullable Object call(Cache cache, Object key, ResultType type, Callable<?> body)
      throws Exception {
    return call(cache, key, type, /* method= */ null, /* tags= */ null, body);
  }

  /**
   * Calls a method.
   *
   * @param method as slower tiers know it; {@code null} when they do not
   * @param tags of the result; {@code null} for none
   */
  static @Nullable Object call(
      Cache cache,
      Object key,
      ResultType type,
      @Nullable CachedCall method,
      @Nullable TagSource tags,
      Callable<?> body)
      throws Exception {
    LarderHit found = key instanceof Key ? cache.memory().get(key) : inFrontOrBehind(cache, key);
    if (found != null && type.accepts(found.value)) {
      cache.counters().calls.hit();
      return found.value;
    }
    Object entered = cache.miss(key, type, method, tags);
    if (entered instanceof LarderHit hit) {
      return hit.value;
    }
    try {
      LarderLink.proceed(entered);
    } catch (Throwable shared) {
      throw WovenCall.<Exception>asIs(shared);
    }
    Object result;
    try {
      result = body.call();
    } catch (Throwable failure) {
      LarderLink.failed(failure, entered);
      throw failure;
    }
    LarderLink.loaded(result, entered);
    return result;
  }

  /** For keys that a front takes. */
  private static @Nullable LarderHit inFrontOrBehind(Cache cache, Object key) {
    MemoryTier memory = cache.memory();
    Front front = memory.fronts().isEmpty() ? memory.newFront(null) : memory.fronts().get(0);
    LarderHit repeated = front.get(key);
    if (repeated != null) {
      return repeated;
    }
    int tick = front.tick();
    Entry entry = memory.get(key);
    if (entry == null || !entry.isAlive()) {
      return null;
    }
    front.repeat(key, entry, tick);
    return entry;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // nothing is wrapped
  private static <T extends Throwable> T asIs(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** A method whose only argument is its own key. */
  static class RawCall implements CachedCall {

    private final String signature;

    /** How often it was linked anew. */
    volatile int relinked;

    RawCall(String signature) {
      this.signature = signature;
    }

    @Override
    public String signature() {
      return signature;
    }

    @Override
    public String id() {
      return signature;
    }

    @Override
    public String name() {
      return signature;
    }

    @Override
    public boolean hasTags() {
      return false;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the cache's lock
    public void relink() {
      relinked++;
    }

    @Override
    public @Nullable Object keyOf(@Nullable Object... arguments) {
      return arguments.length == 1 ? arguments[0] : null;
    }

    @Override
    public boolean couldHold(@Nullable Object... arguments) {
      return arguments.length == 1;
    }

    @Override
    public @Nullable TierKey tierKey(Object key) {
      return null;
    }

    @Override
    public @Nullable String whyLocal() {
      return null;
    }

    @Override
    public @Nullable PutPlace placeOf(@Nullable Object receiver, @Nullable Object... arguments) {
      return arguments.length == 1 && arguments[0] != null
          ? new PutPlace(this, arguments[0], ANY, /* tags= */ null)
          : null;
    }

    @Override
    public @Nullable Class<?> identityArgument() {
      return null;
    }
  }
}
