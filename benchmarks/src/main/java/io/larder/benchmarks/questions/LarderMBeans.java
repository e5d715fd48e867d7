package io.larder.benchmarks.questions;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Turns settings as an operator would, through JMX. */
final class LarderMBeans {

  private static final long PATIENCE_SECONDS = 30;

  private LarderMBeans() {}

  /**
   * Switches off a cache that has been used.
   *
   * @throws IllegalStateException when its MBean does not appear
   */
  static void switchOff(String cache) {
    ObjectName name = awaitCache(cache);
    try {
      server().setAttribute(name, new Attribute("Enabled", false));
    } catch (JMException e) {
      throw new IllegalStateException("cannot switch off the cache " + cache, e);
    }
  }

  /** Has Larder read its configuration now. */
  static void reloadConfiguration() {
    try {
      server()
          .invoke(
              new ObjectName("io.larder:type=Larder"),
              "reloadConfiguration",
              new Object[0],
              new String[0]);
    } catch (JMException e) {
      throw new IllegalStateException("cannot reload the configuration", e);
    }
  }

  /**
   * The MBean of a cache that has been used; Larder registers it in the background.
   *
   * @throws IllegalStateException when it does not appear
   */
  static ObjectName awaitCache(String cache) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      ObjectName name = new ObjectName("io.larder:type=Cache,name=" + cache);
      while (!server().isRegistered(name)) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "%s is not registered after %d s: is the agent there and is management on?"
                  .formatted(name, PATIENCE_SECONDS));
        }
        Thread.sleep(50);
      }
      return name;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the MBean of " + cache, e);
    } catch (JMException e) {
      throw new IllegalStateException("no MBean can be called after the cache " + cache, e);
    }
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }
}
