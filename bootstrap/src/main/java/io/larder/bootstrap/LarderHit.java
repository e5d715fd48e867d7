package io.larder.bootstrap;

/**
 * What the entry of a woven method gets when the result is known: the body is skipped and {@link
 * #value} returned. Its type was checked before this was handed out, because after the skip nothing
 * can fall back to the body any more.
 */
public abstract class LarderHit {

  /** The result; boxed for a primitive. Read by woven code. */
  public final Object value;

  protected LarderHit(Object value) {
    this.value = value;
  }
}
