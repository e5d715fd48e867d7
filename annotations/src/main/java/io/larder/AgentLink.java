package io.larder;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The way to the agent, if there is one: a class that it defines in {@code java.lang}, because that
 * package is the one every class loader sees.
 */
final class AgentLink {

  /** An agent may be attached later, so an absent one is looked for again, but not at each call. */
  private static final long LOOK_AGAIN_NANOS = 1_000_000_000L;

  /** With the agent in the JVM the link may come with any class that is loaded. */
  private static final boolean AGENT_IS_HERE = isAgentHere();

  private static volatile MethodHandle control;
  private static volatile long lookedAtNanos = System.nanoTime() - LOOK_AGAIN_NANOS;

  private AgentLink() {}

  /**
   * Hands an operation to the agent.
   *
   * @return its answer; {@code null} when there is no agent or it could not answer
   */
  static Object call(String operation, Object... arguments) {
    MethodHandle handle = control;
    if (handle == null) {
      handle = find();
      if (handle == null) {
        return null;
      }
    }
    try {
      return (Object)
          handle.invokeExact(operation, (Object) AgentLink.class.getClassLoader(), arguments);
    } catch (Throwable failure) {
      return null; // a failure of the cache is never one of the application
    }
  }

  /** The jar of a {@code -javaagent} is on the system class path. */
  private static boolean isAgentHere() {
    try {
      Class.forName(
          "io.larder.agent.premain.LarderAgent", false, ClassLoader.getSystemClassLoader());
      return true;
    } catch (ReflectiveOperationException | LinkageError | SecurityException absent) {
      return false;
    }
  }

  private static MethodHandle find() {
    long now = System.nanoTime();
    if (!AGENT_IS_HERE && now - lookedAtNanos < LOOK_AGAIN_NANOS) {
      return null;
    }
    try {
      Class<?> link = Class.forName("java.lang.LarderLink", true, null);
      MethodType type =
          MethodType.methodType(Object.class, String.class, Object.class, Object[].class);
      control = MethodHandles.publicLookup().findStatic(link, "control", type);
    } catch (ReflectiveOperationException | LinkageError | SecurityException absent) {
      lookedAtNanos = now;
    }
    return control;
  }
}
