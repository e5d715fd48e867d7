package io.larder.benchmarks.startup;

/** An agent that does nothing: what the JVM itself charges for having one. */
public final class EmptyAgent {

  private EmptyAgent() {}

  /** Called by the JVM before the application's main method. */
  public static void premain(String arguments) {}
}
