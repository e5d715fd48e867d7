package io.larder.agent.weaving;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Results that can be used once, or are not yet there when they are returned, and so not cached.
 */
final class OneShotResults {

  private static final Map<String, String> REASONS = new LinkedHashMap<>();

  static {
    String consumed = " can be consumed only once; return a collection";
    String open = " is an open resource; return what it is read into";
    String later = " has no result yet when it is returned; cache the method that computes it";
    REASONS.put("java/util/stream/BaseStream", "a stream" + consumed);
    REASONS.put("java/util/Iterator", "an iterator" + consumed);
    REASONS.put("java/util/Spliterator", "a spliterator" + consumed);
    REASONS.put("java/util/Enumeration", "an enumeration" + consumed);
    REASONS.put("kotlin/sequences/Sequence", "a sequence" + consumed);
    REASONS.put("java/io/InputStream", "an input stream" + consumed);
    REASONS.put("java/io/Reader", "a reader" + consumed);
    REASONS.put("java/util/concurrent/Flow$Publisher", "a publisher" + later);
    REASONS.put("org/reactivestreams/Publisher", "a publisher" + later);
    REASONS.put("io/reactivex/ObservableSource", "an observable" + later);
    REASONS.put("io/reactivex/rxjava3/core/ObservableSource", "an observable" + later);
    REASONS.put("io/reactivex/rxjava3/core/SingleSource", "a single" + later);
    REASONS.put("io/reactivex/rxjava3/core/MaybeSource", "a maybe" + later);
    REASONS.put("io/reactivex/SingleSource", "a single" + later);
    REASONS.put("io/reactivex/MaybeSource", "a maybe" + later);
    REASONS.put("io/smallrye/mutiny/Uni", "a uni" + later);
    REASONS.put("io/vertx/core/Future", "a future" + later);
    REASONS.put("scala/concurrent/Future", "a future" + later);
    REASONS.put("kotlinx/coroutines/Deferred", "a deferred" + later);
    REASONS.put("kotlinx/coroutines/flow/Flow", "a flow" + later);
    REASONS.put("java/util/concurrent/Future", "a future" + later);
    REASONS.put("java/util/concurrent/CompletionStage", "a completion stage" + later);
    REASONS.put("java/lang/AutoCloseable", "an AutoCloseable" + open);
  }

  private OneShotResults() {}

  /**
   * Why results of a type are not cached.
   *
   * @return {@code null} when nothing speaks against it
   */
  static @Nullable String reason(Type returned, Supertypes supertypes) {
    Type element = returned.getSort() == Type.ARRAY ? returned.getElementType() : returned;
    if (element.getSort() != Type.OBJECT) {
      return null;
    }
    String name = element.getInternalName();
    Set<String> kinds = REASONS.containsKey(name) ? Set.of(name) : supertypes.of(name);
    for (Map.Entry<String, String> kind : REASONS.entrySet()) {
      if (kinds.contains(kind.getKey())) {
        return "its result, " + element.getClassName() + ", is not cached: " + kind.getValue();
      }
    }
    return null;
  }
}
