package io.larder.bootstrap;

/**
 * What the entry of a woven method gets when the body is to run and somebody wants to know how it
 * ended. Exactly one of {@link #loaded} and {@link #failed} is called, once, unless {@link
 * #proceed} threw.
 */
public abstract class LarderTicket {

  /**
   * Called before the body runs. A caller that waited for another thread's load, which failed,
   * throws that exception here, outside of everything that guards the application from us.
   */
  protected abstract void proceed() throws Throwable;

  /** The body returned {@code value}; boxed for a primitive. Must not throw. */
  protected abstract void loaded(Object value);

  /** The body threw {@code failure}, which goes on to its caller. Must not throw. */
  protected abstract void failed(Throwable failure);
}
