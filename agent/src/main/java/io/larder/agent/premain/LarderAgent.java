package io.larder.agent.premain;

import java.lang.instrument.Instrumentation;

/**
 * What the JVM calls. In Java 8 bytecode and with nothing but this check, because an exception
 * here, or a class file that is too new, would end the application.
 */
public final class LarderAgent {

  private static final int OLDEST_JAVA = 17;

  private LarderAgent() {}

  /** Called before the application's main method, with what stands after the {@code =}. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    try {
      if (isNewEnough()) {
        Launcher.launch(arguments, instrumentation); // a newer class file, not loaded before this
      }
    } catch (Throwable failure) { // the application starts regardless
      reportFailure(failure);
    }
  }

  /** Called in a running JVM, for {@code java -jar larder-agent.jar attach} and its like. */
  public static void agentmain(String arguments, Instrumentation instrumentation) {
    try {
      if (isNewEnough()) {
        Launcher.attach(arguments, instrumentation);
      }
    } catch (Throwable failure) { // the application goes on regardless
      reportFailure(failure);
    }
  }

  /** The command line: {@code java -jar larder-agent.jar}. */
  public static void main(String[] arguments) {
    if (isNewEnough()) {
      Launcher.command(arguments);
    }
  }

  private static boolean isNewEnough() {
    String version = System.getProperty("java.specification.version", "");
    if (version.startsWith("1.") || Integer.parseInt(version) < OLDEST_JAVA) {
      say("needs Java " + OLDEST_JAVA + " or newer, this is " + version + "; nothing is cached.");
      return false;
    }
    return true;
  }

  static void reportFailure(Throwable failure) {
    say("could not start and caches nothing; the application runs without it: " + causeOf(failure));
  }

  static Throwable causeOf(Throwable failure) {
    return failure.getCause() == null ? failure : failure.getCause();
  }

  @SuppressWarnings("SystemOut") // before any logging exists
  private static void say(String what) {
    System.err.println("[larder] ERROR Larder " + what);
  }
}
