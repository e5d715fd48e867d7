package io.larder;

/**
 * How the instance a method is called on counts in the key of its cache. Without meaning for static
 * methods.
 *
 * @since 0.1
 */
public enum Instances {

  /**
   * Each instance has its own results, and they go with it, unless one of them refers to it. The
   * default, because it is right for every class. A class of which only one instance is ever seen
   * pays nothing for it.
   */
  SEPARATE,

  /**
   * All instances answer alike, so that they share their results. For services without state of
   * their own of which the application makes many.
   */
  INTERCHANGEABLE,

  /**
   * Instances that are {@code equal} share their results. For records and other immutable value
   * classes; the cache holds such an instance as part of its key, and {@link Larder#invalidate}
   * takes it as the first argument.
   */
  EQUAL
}
