package io.larder;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a method at each call and stores what it returns as the result of a cached method, so that
 * the next call of that one is a hit. For methods that change something and return what it is now.
 *
 * <p>The key is made of the method's parameters or of its result, and must be that of one cached
 * method of the cache. Where it cannot be told which method that is, or whose instance, or where
 * the result is not what the method returns, the key is forgotten instead, and the first such case
 * is told in the log. So what is stored for the key is never older than the call.
 *
 * <p>A load of the same key that is under way does not overwrite what is put; of several puts of
 * one key that overlap, none is stored. An invalidation while the method runs wins, as it does over
 * a load. When the method throws, nothing changes. May be repeated.
 *
 * <p>A method cannot both be cached and put: a hit does not run it. It then puts.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(CachePut.List.class)
public @interface CachePut {

  /** The name of the cache. */
  String cache();

  /**
   * What makes the key, as in {@link CacheInvalidate#key()}: {@code "result.id"} for that of a
   * result that has just got one.
   *
   * <p>Default: the parameters that {@link CacheKey} marks; else all but those that {@link
   * CacheIgnore} marks.
   */
  String[] key() default {};

  /**
   * The name of the method whose result this is, for a cache that serves several: {@code "find"}.
   *
   * <p>Default: the one method of the cache that takes such a key and returns such a result.
   */
  String resultOf() default "";

  /**
   * Results that are not stored, as conditions: {@code "result == null"}, {@code "not
   * result.complete"}. One that holds is enough; what is stored for the key is then forgotten.
   */
  String[] unless() default {};

  /** Several of them on one method. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface List {
    /** The annotations. */
    CachePut[] value();
  }
}
