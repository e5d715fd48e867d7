package io.larder.runtime.callsite;

import java.util.Set;

/** Knows which methods are woven; the agent does, of those too that were never called. */
public interface WovenMethods {

  /**
   * The methods that are cached in the caches of a name, as in {@code
   * com.acme.PriceDao.find(J)Ljava/lang/String;}. Cheap: asked at each call of a method that puts.
   */
  Set<String> cachedIn(String cacheName);
}
