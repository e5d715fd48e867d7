package io.larder.runtime.thread;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one place where Larder makes threads: daemons called {@code larder-<role>-<n>}.
 *
 * <p>A new thread inherits much from the one that makes it, which here is any thread of the
 * application: context class loader, thread group, inheritable thread-locals, access control
 * context. Each would keep a web application's class loader alive for ever, so none is taken over.
 */
public final class DaemonThreads {

  private static final Map<String, AtomicInteger> NUMBERS = new ConcurrentHashMap<>();

  private DaemonThreads() {}

  /** A thread that is not yet started. */
  @SuppressWarnings(
      "removal") // before JDK 24 a thread keeps the access control context it was made in
  public static Thread newThread(String role, Runnable work) {
    int number = NUMBERS.computeIfAbsent(role, r -> new AtomicInteger()).incrementAndGet();
    String name = "larder-" + role + "-" + number;
    return AccessController.doPrivileged(
        (PrivilegedAction<Thread>)
            () -> {
              Thread thread =
                  new Thread(
                      topGroup(), work, name, /* stackSize= */ 0, /* inheritThreadLocals= */ false);
              thread.setDaemon(true);
              thread.setContextClassLoader(null);
              return thread;
            });
  }

  private static ThreadGroup topGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }
}
