package io.larder.it.apps.platform;

import io.larder.Cached;
import io.larder.it.apps.Probe;
import java.util.logging.LogManager;
import javax.management.MBeanServerFactory;

/** Sets its own log manager first thing in main, as WildFly does, and uses it later. */
public final class OwnLogManager {

  private OwnLogManager() {}

  public static void main(String[] arguments) {
    Probe.say("serversBeforeMain", MBeanServerFactory.findMBeanServer(null).size());
    System.setProperty("java.util.logging.manager", Own.class.getName());
    Probe.calls("square", () -> square(3), () -> square(3));
    Probe.say("manager", LogManager.getLogManager().getClass().getSimpleName());
  }

  @Cached
  private static int square(int number) {
    Probe.body("square");
    return number * number;
  }

  /** Public, because the platform makes it. */
  public static final class Own extends LogManager {}
}
