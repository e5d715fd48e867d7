package org.mapdb.carried.guava.cache;

/**
 * Makes the only kind of {@link Cache} that there is.
 *
 * @param <K> the kind of names
 * @param <V> the kind of what is held
 */
public final class CacheBuilder<K, V> {

  private CacheBuilder() {}

  /**
   * A builder.
   *
   * @return a new one
   */
  public static CacheBuilder<Object, Object> newBuilder() {
    return new CacheBuilder<>();
  }

  /**
   * How many threads will write at once, which does not matter here.
   *
   * @param threads any number
   * @return this builder
   */
  public CacheBuilder<K, V> concurrencyLevel(int threads) {
    return this;
  }

  /**
   * That values are held weakly, as they are anyway.
   *
   * @return this builder
   */
  public CacheBuilder<K, V> weakValues() {
    return this;
  }

  /**
   * An empty cache.
   *
   * @return a new one
   * @param <K1> the kind of names
   * @param <V1> the kind of what is held
   */
  public <K1 extends K, V1 extends V> Cache<K1, V1> build() {
    return new WeakCache<>();
  }
}
