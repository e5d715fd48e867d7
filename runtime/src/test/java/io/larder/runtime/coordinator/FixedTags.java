package io.larder.runtime.coordinator;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tags of the test's choice. */
record FixedTags(boolean needsResult, Function<@Nullable Object, @Nullable List<String>> source)
    implements TagSource {

  /** Tags that are known before the method runs. */
  static TagSource of(String... tags) {
    return new FixedTags(/* needsResult= */ false, result -> List.of(tags));
  }

  /** Tags that only the result tells. */
  static TagSource ofResult(Function<@Nullable Object, @Nullable List<String>> source) {
    return new FixedTags(/* needsResult= */ true, source);
  }

  @Override
  public @Nullable List<String> tags(@Nullable Object result) {
    return source.apply(result);
  }
}
