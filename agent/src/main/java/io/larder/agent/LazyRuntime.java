package io.larder.agent;

import io.larder.agent.key.KeyClassGenerator;
import io.larder.runtime.CallReport;
import io.larder.runtime.LarderRuntime;
import io.larder.runtime.logging.Log;
import io.larder.runtime.management.AgentControl;
import io.larder.runtime.policy.PolicySource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The runtime, which comes to life with the first class that has something to cache; what it is
 * told before waits. Thread-safe.
 */
final class LazyRuntime {

  private final Runnable defineLink;
  private final AgentControl agent;

  /** Guarded by this. */
  private boolean asked;

  /** Written under this. */
  private volatile @Nullable LarderRuntime runtime;

  private PolicySource policies = PolicySource.NONE;
  private String management;
  private boolean enabled = true;

  /** How many weave classes that are loaded. */
  private int weaving;

  /**
   * A runtime that is not yet there.
   *
   * @param defineLink defines what woven code names
   * @param agent what JMX shows of it and asks of it
   * @param management what JMX shows and takes, unless {@link #configure} says otherwise
   */
  LazyRuntime(Runnable defineLink, AgentControl agent, String management) {
    this.defineLink = defineLink;
    this.agent = agent;
    this.management = management;
  }

  /** Whether it runs; starts it, unless that failed before. */
  boolean isStarted() {
    return runtime != null || start();
  }

  private synchronized boolean start() {
    if (!asked) {
      asked = true;
      try {
        defineLink.run();
        LarderRuntime started = LarderRuntime.start(new KeyClassGenerator(), agent, management);
        started.configure(policies);
        started.setEnabled(enabled);
        for (int each = 0; each < weaving; each++) {
          started.holdNewMethods();
        }
        runtime = started;
      } catch (VirtualMachineError passing) { // as the end of the stack: the next class tries again
        asked = false;
        throw passing;
      } catch (Throwable failure) { // the application goes on without us
        Log.line(Log.Level.ERROR, "Larder could not start and caches nothing: " + failure);
      }
    }
    return runtime != null;
  }

  /**
   * Says what holds for caches.
   *
   * @param managed what JMX shows and takes; of no effect once it runs
   */
  void configure(PolicySource value, String managed) {
    LarderRuntime there;
    synchronized (this) {
      policies = value;
      management = managed;
      there = runtime;
    }
    if (there != null) {
      there.configure(value); // may run code of keys: without the lock
    }
  }

  /** Switches all caches, those to come too. */
  void setEnabled(boolean value) {
    LarderRuntime there;
    synchronized (this) {
      enabled = value;
      there = runtime;
    }
    if (there != null) {
      there.setEnabled(value);
    }
  }

  /**
   * Does what weaves classes that are loaded. Until it is done, nothing is cached that was not
   * before: a result would be kept while the method that invalidates it is yet to be woven.
   */
  <T> T whileWeaving(Supplier<T> work) {
    synchronized (this) {
      weaving++;
      if (runtime != null) {
        runtime.holdNewMethods();
      }
    }
    try {
      return work.get();
    } finally {
      LarderRuntime there;
      synchronized (this) {
        weaving--;
        there = runtime;
      }
      if (there != null) {
        there.releaseNewMethods();
      }
    }
  }

  /** Stops what methods of a class do that are no longer woven. */
  void keepOnly(Class<?> owner, Set<String> specs) {
    LarderRuntime there = runtime;
    if (there != null) {
      there.keepOnly(owner, specs);
    }
  }

  /** Tells whoever watches through JMX; nobody can before it runs. */
  void event(String type, String message) {
    LarderRuntime there = runtime;
    if (there != null) {
      there.event(type, message);
    }
  }

  /** What each woven method that was called does. */
  List<CallReport> reports() {
    LarderRuntime there = runtime;
    return there == null ? List.of() : there.reports();
  }

  /** Ends, for good. */
  void stop() {
    LarderRuntime there;
    synchronized (this) {
      asked = true;
      there = runtime;
      runtime = null;
    }
    if (there != null) {
      there.stop();
    }
  }
}
