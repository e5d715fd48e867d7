package io.larder;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Caches the results of a method: equal arguments are answered from memory and the body is not run.
 *
 * <p>The annotation only marks; the Larder agent ({@code -javaagent:larder-agent.jar}) does the
 * work. Without the agent the method behaves as if the annotation were not there. With it, any
 * method that has a body and returns something can be cached: private, static, final, synchronized,
 * self-called, recursive. Constructors, {@code void}, abstract and native methods, and methods
 * whose result can be used only once (streams, iterators, readers, publishers) are refused; the
 * reason is written to standard error and listed in JMX.
 *
 * <p>The result is stored as it is returned and shared between callers: treat it as immutable.
 * Exceptions reach the caller untouched and are not cached. {@code null} is a result like any
 * other.
 *
 * <p>The key is made of all parameters, unless {@link CacheKey} or {@link CacheIgnore} select some.
 * Arrays count by content, everything else by {@code equals}.
 *
 * <p>Durations are written as {@code "250ms"}, {@code "30s"}, {@code "5m"}, {@code "2h"}, {@code
 * "1d"} or in ISO-8601 ({@code "PT30S"}); sizes as {@code "512KB"}, {@code "64MB"}, {@code "1GB"}
 * (1 KB is 1,024 bytes). A value that is not understood is reported when the class is loaded and
 * leaves the method uncached.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Cached {

  /**
   * The name of the cache, of letters, digits, {@code .}, {@code _} and {@code -}. Methods that
   * share a name share one bound, one policy and one set of statistics, never each other's entries.
   *
   * <p>Default: the class name and the method name, as in {@code com.acme.PriceDao.find}, with a
   * dot for the {@code $} of a nested class.
   */
  String name() default "";

  /**
   * How long a result may be served after it was stored; {@code "off"} for no limit. Precise to
   * about 10 milliseconds.
   */
  String ttl() default "5m";

  /**
   * How many results are kept at most; the least useful are evicted first. {@code 0} for no limit.
   */
  long maximumEntries() default 10_000;

  /**
   * How much memory the results may take together, by Larder's estimate; {@code "off"} for no limit
   * beyond {@link #maximumEntries()}. Estimating costs time for each result that is stored, none
   * for a hit.
   */
  String maximumBytes() default "off";

  /** Whether two instances of the class may be served each other's results. */
  Instances instances() default Instances.SEPARATE;

  /**
   * How long a caller waits for another thread that is already computing the same result, before it
   * computes the result itself.
   */
  String waitAtMost() default "5s";

  /**
   * How old a result is when a call that is answered with it also has Larder compute it anew in the
   * background, so that a result in demand is replaced before it expires and no caller waits for
   * it. {@code "off"} for never; else shorter than {@link #ttl()}.
   *
   * <p>The method then runs on a thread of Larder, with the instance and the arguments of that call
   * and its context class loader, and without its thread-locals: no request, transaction or
   * security context that hangs on the thread. If it throws, the old result is served until its ttl
   * has passed, and no caller sees the exception.
   */
  String refreshAfter() default "off";

  /**
   * Names that results share, to be forgotten together by {@link CacheInvalidate#tags()} or {@link
   * Larder#invalidateTag}: in one step, however many they are. Between braces stands a parameter,
   * by name or position, or the result, or a property of one: {@code {"product:{id}",
   * "brand:{result.brand.id}"}}. Of a collection or an array each element makes a tag.
   *
   * <p>A result whose tags cannot be read is not stored.
   */
  String[] tags() default {};

  /**
   * Which tiers hold results, in the order in which they are looked into: {@code "memory"} alone,
   * or behind it {@code disk}, to have them again after a restart, {@code redis}, to share them
   * with other JVMs, or both. Disk and Redis count only where they are configured, and where keys
   * and results have bytes that mean the same everywhere.
   */
  String tiers() default "memory, disk, redis";

  /**
   * How results become bytes for slower tiers: {@code auto}, {@code fory}, {@code json}, {@code
   * jdk}, {@code string} or {@code bytes}. {@code auto} takes a {@code String} and a {@code byte[]}
   * as they are, and {@code fory} for all else.
   */
  String codec() default "auto";

  /**
   * Tells stored results apart whose meaning changed although their classes did not. A result is
   * served by methods of the same version only. Of letters, digits, {@code .}, {@code _} and {@code
   * -}.
   */
  String version() default "";

  /**
   * Whether one JVM computes a result that several miss at the same time; the others wait for it,
   * no longer than {@link #waitAtMost()}. Has a meaning only where results are shared.
   */
  boolean loadOnce() default false;

  /**
   * When slower tiers get a result: {@code behind} hands it to a thread of Larder, so that the
   * caller does not wait, and loses what was not written when the JVM is killed; {@code through}
   * has the caller wait until it is written.
   */
  String write() default "behind";
}
