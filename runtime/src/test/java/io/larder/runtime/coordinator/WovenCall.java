package io.larder.runtime.coordinator;

import io.larder.bootstrap.LarderHit;
import io.larder.bootstrap.LarderLink;
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

  /** Calls a method; what its body or another's throws comes out as it is. */
  static @Nullable Object call(Cache cache, Object key, ResultType type, Callable<?> body)
      throws Exception {
    Entry entry = key instanceof Key ? cache.memory().get(key) : repeatedOrFound(cache, key, type);
    if (entry != null && type.accepts(entry.value)) {
      cache.counters().calls.hit();
      return entry.value;
    }
    Object entered = cache.miss(key, type);
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

  /** For keys that the front of the tier takes. */
  private static @Nullable Entry repeatedOrFound(Cache cache, Object key, ResultType type) {
    Entry repeated = cache.memory().repeat(key);
    if (repeated != null && repeated.isCheckedFor(type)) {
      return repeated;
    }
    Entry found = cache.memory().getToRepeat(key);
    if (found != null) {
      found.setCheckedFor(type);
    }
    return found;
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
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the cache's lock
    public void relink() {
      relinked++;
    }

    @Override
    public @Nullable Object keyOf(Object... arguments) {
      return arguments.length == 1 ? arguments[0] : null;
    }
  }
}
