package io.larder.agent.weaving;

/**
 * What became of a method that was to be cached, or to invalidate.
 *
 * @param method as in {@code com.acme.PriceDao.find(J)Ljava/lang/String;}
 * @param origin who asked: {@code @Cached}, or {@code larder.yaml:12}
 * @param kind what became of it
 * @param detail the cache or caches, or the reason why not
 */
public record WeavingOutcome(String method, String origin, Kind kind, String detail) {

  /** What may become of a method. */
  public enum Kind {
    /** It is cached; the detail is the name of the cache. */
    CACHED,
    /** It invalidates; the detail names the caches. */
    INVALIDATES,
    /** It cannot be cached; the detail says why. */
    REFUSED,
    /** The configuration says that it is to be left alone; the detail says where. */
    EXCLUDED
  }
}
