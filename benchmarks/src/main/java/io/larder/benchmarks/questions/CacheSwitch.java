package io.larder.benchmarks.questions;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Switches a cache off as an operator would, through JMX. */
final class CacheSwitch {

  private static final long PATIENCE_SECONDS = 30;

  private CacheSwitch() {}

  /**
   * Switches off a cache that has been used.
   *
   * @throws IllegalStateException when its MBean does not appear
   */
  static void off(String cache) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      ObjectName name = new ObjectName("io.larder:type=Cache,name=" + cache);
      while (!server.isRegistered(name)) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "%s is not registered after %d s: is the agent there and is management on?"
                  .formatted(name, PATIENCE_SECONDS));
        }
        Thread.sleep(50); // Larder registers its MBeans in the background
      }
      server.setAttribute(name, new Attribute("Enabled", false));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the MBean of " + cache, e);
    } catch (JMException e) {
      throw new IllegalStateException("cannot switch off the cache " + cache, e);
    }
  }
}
