package io.larder;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the parameters that alone make the key of a {@link Cached} method, or that of a {@link
 * CacheInvalidate} or {@link CachePut}. Parameters without it are then ignored. Cannot be combined
 * with {@link CacheIgnore} on one method.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface CacheKey {}
