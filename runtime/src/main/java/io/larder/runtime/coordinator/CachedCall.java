package io.larder.runtime.coordinator;

import org.jspecify.annotations.Nullable;

/** A woven method, as its cache sees it. */
public interface CachedCall {

  /** The method as people read it: {@code com.acme.PriceDao#find(long)}. */
  String signature();

  /** The method as the agent knows it: {@code com.acme.PriceDao.find(J)Ljava/lang/String;}. */
  String id();

  /** Links the call sites anew, after the cache was switched or got another memory tier. */
  void relink();

  /**
   * The key of a call with these arguments.
   *
   * @param arguments those that make the key, in order
   * @return {@code null} when the method takes other arguments; an {@code InstanceKey} stands for
   *     the same arguments on any instance
   */
  @Nullable Object keyOf(Object... arguments);

  /**
   * Whether a stored key may be that of a call with these arguments; {@code false} also where that
   * cannot be told from their types.
   */
  boolean couldHold(@Nullable Object... arguments);

  /**
   * A class of arguments that are equal to nothing but themselves, if such arguments were seen in
   * stored keys lately; {@code null} when not.
   */
  @Nullable Class<?> identityArgument();
}
