package io.larder;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a parameter of a {@link Cached} method that does not change its result, such as a trace id
 * or a connection, and therefore is no part of its key, nor of that of a {@link CacheInvalidate} or
 * {@link CachePut}. Cannot be combined with {@link CacheKey} on one method.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface CacheIgnore {}
