package io.larder.agent.weaving;

import io.larder.agent.rules.Rule;
import org.jspecify.annotations.Nullable;

/**
 * What became of a method that was to be cached, to invalidate, or to put.
 *
 * @param id as in {@code com.acme.PriceDao.find(J)Ljava/lang/String;}
 * @param method as people read and write it: {@code com.acme.PriceDao#find(long)}
 * @param rule who asked; {@code null} for its annotation
 * @param annotation which annotation, if one asked: {@code @Cached}
 * @param kind what became of it
 * @param detail the cache, which is empty for all caches, or the reason why not
 * @param effect what its calls do to the cache, in words; empty when it is cached, or nothing
 */
public record WeavingOutcome(
    String id,
    String method,
    @Nullable Rule rule,
    String annotation,
    Kind kind,
    String detail,
    String effect) {

  /** What became of a method that was to be cached. */
  public WeavingOutcome(String id, String method, @Nullable Rule rule, Kind kind, String detail) {
    this(id, method, rule, "@Cached", kind, detail, /* effect= */ "");
  }

  /** What may become of a method. */
  public enum Kind {
    /** It is cached; the detail is the name of the cache. */
    CACHED,
    /** It invalidates; the detail names the cache. */
    INVALIDATES,
    /** It puts what it returns; the detail names the cache. */
    PUTS,
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
    return kind == Kind.CACHED || kind == Kind.INVALIDATES || kind == Kind.PUTS;
  }

  /**
   * Who asked, in words: {@code @Cached}, or where it stood at that time: {@code larder.yaml:12}.
   */
  public String origin() {
    return rule == null ? annotation : rule.origin();
  }

  /** What the method does, or should have done, with its cache. */
  public Rule.Purpose purpose() {
    if (rule != null) {
      return rule.purpose();
    }
    return switch (annotation) {
      case "@CacheInvalidate" -> Rule.Purpose.INVALIDATE;
      case "@CachePut" -> Rule.Purpose.PUT;
      default -> Rule.Purpose.CACHE;
    };
  }

  /** What the method does, as in {@code is cached in "prices"}; if it is woven. */
  public String doing() {
    String cache = detail.isEmpty() ? "all caches" : "\"" + detail + "\"";
    return switch (kind) {
      case INVALIDATES -> "invalidates " + cache;
      case PUTS -> "puts into " + cache;
      default -> "is cached in " + cache;
    };
  }
}
