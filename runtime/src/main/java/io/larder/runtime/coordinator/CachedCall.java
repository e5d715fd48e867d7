package io.larder.runtime.coordinator;

import io.larder.runtime.codec.TierKey;
import org.jspecify.annotations.Nullable;

/** A woven method, as its cache sees it. */
public interface CachedCall {

  /** The method as people read it: {@code com.acme.PriceDao#find(long)}. */
  String signature();

  /** The method as the agent knows it: {@code com.acme.PriceDao.find(J)Ljava/lang/String;}. */
  String id();

  /** The name of the method: {@code find}. */
  String name();

  /** Whether its results have tags. */
  boolean hasTags();

  /** Links the call sites anew, after the cache was switched or got another memory tier. */
  void relink();

  /**
   * The key of a call with these arguments.
   *
   * @param arguments those that make the key, in order
   * @return {@code null} when the method takes other arguments; an {@code InstanceKey} stands for
   *     the same arguments on any instance
   */
  @Nullable Object keyOf(@Nullable Object... arguments);

  /**
   * Whether a stored key may be that of a call with these arguments; {@code false} also where that
   * cannot be told from their types.
   */
  boolean couldHold(@Nullable Object... arguments);

  /**
   * A stored key as slower tiers take it; {@code null} when results of this call stay in this JVM.
   */
  @Nullable TierKey tierKey(Object key);

  /**
   * Why results of this call stay in this JVM although they were to be shared; {@code null} when
   * they do not.
   */
  @Nullable String whyLocal();

  /**
   * A class of arguments that are equal to nothing but themselves, if such arguments were seen in
   * stored keys lately; {@code null} when not.
   */
  @Nullable Class<?> identityArgument();

  /**
   * Where the result of another method is stored that is what a call with these arguments would
   * return.
   *
   * @param receiver the instance on which the other method was called; {@code null} for none
   * @param arguments those that make the key, in order
   * @return {@code null} when the method takes other arguments, or it cannot be told on which
   *     instance the call would be, or which tags its result would have
   */
  @Nullable PutPlace placeOf(@Nullable Object receiver, @Nullable Object... arguments);
}
