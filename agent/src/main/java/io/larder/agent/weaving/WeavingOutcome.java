package io.larder.agent.weaving;

import io.larder.agent.rules.Rule;
import org.jspecify.annotations.Nullable;

/**
 * What became of a method that was to be cached, or to invalidate.
 *
 * @param id as in {@code com.acme.PriceDao.find(J)Ljava/lang/String;}
 * @param method as people read and write it: {@code com.acme.PriceDao#find(long)}
 * @param rule who asked; {@code null} for its annotation
 * @param kind what became of it
 * @param detail the cache or caches, or the reason why not
 */
public record WeavingOutcome(
    String id, String method, @Nullable Rule rule, Kind kind, String detail) {

  /** What may become of a method. */
  public enum Kind {
    /** It is cached; the detail is the name of the cache. */
    CACHED,
    /** It invalidates; the detail names the caches. */
    INVALIDATES,
    /** It cannot be cached; the detail says why. */
    REFUSED,
    /** The configuration says that it is to be left alone; the detail says where. */
    EXCLUDED,
    /** Another rule says where it is cached; the detail says which. */
    SHADOWED
  }

  /** Whether this very method was asked for, rather than all that wildcards match. */
  public boolean isDeliberate() {
    return rule == null || rule.method().pattern().isDeliberate();
  }

  /** Whether there is something in the class that was not there before. */
  public boolean isWoven() {
    return kind == Kind.CACHED || kind == Kind.INVALIDATES;
  }

  /**
   * Who asked, in words: {@code @Cached}, or where it stood at that time: {@code larder.yaml:12}.
   */
  public String origin() {
    return rule == null ? "@Cached" : rule.origin();
  }
}
