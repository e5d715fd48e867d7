package io.larder.runtime.coordinator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the tags of one call. What it asks of the call's arguments was read when it began. */
public interface TagSource {

  /** Whether the tags depend on the result, and are not known before there is one. */
  boolean needsResult();

  /**
   * The tags of the call; runs code of the application, and does not throw.
   *
   * @param result what the method returned; not looked at unless {@link #needsResult}
   * @return {@code null} when they cannot be read; the source reports the first such case
   */
  @Nullable List<String> tags(@Nullable Object result);
}
