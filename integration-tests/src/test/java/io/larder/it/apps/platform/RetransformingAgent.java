package io.larder.it.apps.platform;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;

/** An agent that lets the application have a class transformed again, as profilers do. */
public final class RetransformingAgent {

  private static volatile Instrumentation instrumentation;

  private RetransformingAgent() {}

  @SuppressWarnings("unused") // the arguments
  public static void premain(String arguments, Instrumentation given) {
    instrumentation = given;
  }

  static void retransform(Class<?> type) throws UnmodifiableClassException {
    instrumentation.retransformClasses(type);
  }
}
