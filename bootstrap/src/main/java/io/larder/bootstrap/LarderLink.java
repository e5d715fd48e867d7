package io.larder.bootstrap;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Consumer;

/**
 * The one thing that woven code names besides {@link LarderHit} and {@link LarderTicket}: links an
 * entry to the runtime, and hands it how a body ended.
 *
 * <p>The agent defines these classes in {@code java.lang}, the one package that every class loader
 * delegates (OSGi bundles and JPMS modules among them), so they may use nothing but the JDK. Until
 * {@link #install} was called, and whenever the runtime fails, woven methods run as if unwoven.
 */
public final class LarderLink {

  private static volatile MethodHandle linker;
  private static volatile MethodHandle dispatcher;
  private static volatile MethodHandle control;
  private static volatile Consumer<Object[]> problems;

  private LarderLink() {}

  /**
   * Connects the runtime, or with {@code null} disconnects it. Called by the agent.
   *
   * @param linker {@code (Lookup, String, MethodType, String) CallSite}
   * @param dispatcher {@code (Class, String, Object, Object[]) Object}: the entry of classes too
   *     old for invokedynamic
   * @param control {@code (String, Object, Object[]) Object}: what the facade asks
   * @param problems gets {@code {Throwable, Class, String}} when an entry failed
   */
  public static void install(
      MethodHandle linker,
      MethodHandle dispatcher,
      MethodHandle control,
      Consumer<Object[]> problems) {
    LarderLink.linker = linker;
    LarderLink.dispatcher = dispatcher;
    LarderLink.control = control;
    LarderLink.problems = problems;
  }

  /**
   * The bootstrap method of the entries.
   *
   * @param method what was woven: see the runtime's linker
   * @return a call site of {@code type}; one that always answers "run the body" when the runtime
   *     cannot link it
   */
  public static CallSite link(
      MethodHandles.Lookup caller, String name, MethodType type, String method) {
    try {
      MethodHandle handle = linker;
      return handle == null
          ? new ConstantCallSite(MethodHandles.empty(type))
          : (CallSite) handle.invoke(caller, name, type, method);
    } catch (Throwable failure) {
      report(failure, caller.lookupClass(), method);
      return new ConstantCallSite(MethodHandles.empty(type));
    }
  }

  /** The entry of a class too old for invokedynamic; answers what a linked call site would. */
  public static Object enter(Class<?> owner, String method, Object receiver, Object[] arguments) {
    try {
      MethodHandle handle = dispatcher;
      return handle == null ? null : handle.invoke(owner, method, receiver, arguments);
    } catch (Throwable failure) {
      report(failure, owner, method);
      return null;
    }
  }

  /**
   * An entry threw: the body will run as if unwoven. Never throws, except out of memory or stack.
   */
  public static void report(Throwable failure, Class<?> owner, String method) {
    Consumer<Object[]> listener = problems;
    if (listener != null) {
      try {
        listener.accept(new Object[] {failure, owner, method});
      } catch (Throwable ignored) {
        // The call that could not be cached goes on; there is nobody left to tell.
      }
    }
  }

  /** Called before the body runs with what the entry answered. */
  public static void proceed(Object entered) throws Throwable {
    if (entered instanceof LarderTicket ticket) {
      ticket.proceed();
    }
  }

  /** Called when the body ends with an exception. */
  public static void failed(Throwable failure, Object entered) {
    if (entered instanceof LarderTicket ticket) {
      ticket.failed(failure);
    }
  }

  /** Called when the body returns a reference; the overloads take the primitives. */
  public static void loaded(Object value, Object entered) {
    if (entered instanceof LarderTicket ticket) {
      ticket.loaded(value);
    }
  }

  public static void loaded(boolean value, Object entered) {
    if (entered instanceof LarderTicket ticket) {
      ticket.loaded(value);
    }
  }

  public static void loaded(byte value, Object entered) {
    if (entered instanceof LarderTicket ticket) {
      ticket.loaded(value);
    }
  }

  public static void loaded(char value, Object entered) {
    if (entered instanceof LarderTicket ticket) {
      ticket.loaded(value);
    }
  }

  public static void loaded(short value, Object entered) {
    if (entered instanceof LarderTicket ticket) {
      ticket.loaded(value);
    }
  }

  public static void loaded(int value, Object entered) {
    if (entered instanceof LarderTicket ticket) {
      ticket.loaded(value);
    }
  }

  public static void loaded(long value, Object entered) {
    if (entered instanceof LarderTicket ticket) {
      ticket.loaded(value);
    }
  }

  public static void loaded(float value, Object entered) {
    if (entered instanceof LarderTicket ticket) {
      ticket.loaded(value);
    }
  }

  public static void loaded(double value, Object entered) {
    if (entered instanceof LarderTicket ticket) {
      ticket.loaded(value);
    }
  }

  /**
   * What the facade of the application asks.
   *
   * @return the runtime's answer, or {@code null} when it has none
   */
  public static Object control(String operation, Object loader, Object[] arguments)
      throws Throwable {
    MethodHandle handle = control;
    return handle == null ? null : handle.invoke(operation, loader, arguments);
  }
}
