package io.larder.runtime.shared;

import io.larder.runtime.codec.KeyHash;

/**
 * Is told what other JVMs invalidated, and when that can no longer be known. Called on a background
 * thread, or on the one that invalidates; must be quick and must not throw.
 *
 * <p>To forget means more than to drop what memory holds: a load or a look at Redis that is under
 * way and began before must not be kept either.
 */
public interface CoherenceListener {

  /** What was computed for some arguments is outdated. */
  void forgetKey(String cache, KeyHash group);

  /**
   * Results with a tag are outdated.
   *
   * @param cache in this cache; empty for all
   */
  void forgetTag(String cache, String tag);

  /** All results of a cache are outdated. */
  void forgetCache(String cache);

  /**
   * What others invalidate may no longer arrive. From now on to {@link #coherent()}: forget all
   * that is shared, and keep what is computed or read for a short time only, counted from when its
   * load began.
   */
  void doubtful();

  /** What others invalidate arrives again. Forget all that is shared once more, then trust it. */
  void coherent();
}
