package io.larder.runtime.config;

import io.larder.runtime.policy.PolicySettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the file says of one cache.
 *
 * @param name letters, digits, '.', '_' and '-'
 * @param line where its name stands, from 1
 * @param enabled whether calls are answered from it; {@code null} where nothing is said
 * @param policy what it keeps; overrules annotations
 * @param methods what is stored in it, beside what annotations put there
 * @param invalidatedBy calls that forget: what their key or tags say, or all of the cache
 * @param putBy calls whose results are stored in place of those of methods that are cached there
 */
public record CacheRule(
    String name,
    int line,
    @Nullable Boolean enabled,
    PolicySettings policy,
    List<MethodRule> methods,
    List<MethodRule> invalidatedBy,
    List<MethodRule> putBy) {

  /** Copies the lists. */
  public CacheRule {
    methods = List.copyOf(methods);
    invalidatedBy = List.copyOf(invalidatedBy);
    putBy = List.copyOf(putBy);
  }

  /** A cache into which nothing is put. */
  public CacheRule(
      String name,
      int line,
      @Nullable Boolean enabled,
      PolicySettings policy,
      List<MethodRule> methods,
      List<MethodRule> invalidatedBy) {
    this(name, line, enabled, policy, methods, invalidatedBy, /* putBy= */ List.of());
  }
}
