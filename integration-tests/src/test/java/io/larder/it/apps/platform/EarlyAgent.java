package io.larder.it.apps.platform;

import java.lang.instrument.Instrumentation;

/** An agent that loads the class it is given as argument, before the next agent starts. */
public final class EarlyAgent {

  private EarlyAgent() {}

  public static void premain(String arguments, Instrumentation instrumentation)
      throws ClassNotFoundException {
    Class.forName(arguments);
    System.out.println("early=loaded");
  }
}
