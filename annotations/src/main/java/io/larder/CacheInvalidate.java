package io.larder;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has a cache forget results when a method is called: one result, all of them, or those with a tag.
 *
 * <p>By default it forgets the one result whose key the method's parameters make, after the method
 * returned, and nothing when it threw. May be repeated. The method need not return anything, and
 * may be private or static; abstract and native ones are refused. All caches of the name forget,
 * whichever class loader they belong to.
 *
 * <p>A load that is under way when the results are forgotten gives its result to its callers and
 * does not store it. Where a key cannot be read, or no method of the cache has such a key, all of
 * the cache is forgotten, because to forget too much is never wrong.
 *
 * <p>A method cannot both be cached and invalidate: a hit does not run it. It then invalidates.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(CacheInvalidate.List.class)
public @interface CacheInvalidate {

  /**
   * The name of the cache. May be left out with {@link #tags()}: then all caches forget what has
   * these tags.
   */
  String cache() default "";

  /**
   * What makes the key of the result that is forgotten: parameters by name or position, their
   * properties, or those of the result, in the order of the cached method's key: {@code
   * {"product.id", "currency"}}, {@code {"0", "1"}}, {@code "result.id"}.
   *
   * <p>Default: the parameters that {@link CacheKey} marks; else all but those that {@link
   * CacheIgnore} marks.
   */
  String[] key() default {};

  /** Whether everything in the cache is forgotten. Excludes {@link #key()} and {@link #tags()}. */
  boolean all() default false;

  /**
   * The tags whose results are forgotten, as {@link Cached#tags()} writes them: {@code
   * "product:{product.id}"}. Excludes {@link #key()}.
   */
  String[] tags() default {};

  /** Whether results are forgotten before the method runs, or after it returned. */
  When when() default When.AFTER;

  /**
   * Whether results are forgotten also when the method throws. Without meaning before it runs. What
   * needs the result of the method is then not to be had, and all of the cache is forgotten.
   */
  boolean onFailure() default false;

  /** When a method makes a cache forget. */
  enum When {
    /** Before the method runs, however it ends. */
    BEFORE,
    /** After the method returned. */
    AFTER
  }

  /** Several of them on one method. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface List {
    /** The annotations. */
    CacheInvalidate[] value();
  }
}
