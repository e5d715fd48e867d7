package io.larder.agent.premain;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.function.BiConsumer;

/** Starts the agent proper in a class loader of its own. */
public final class Launcher {

  /** Guarded by this class. */
  private static boolean launched;

  private Launcher() {}

  /**
   * Starts the agent, unless it is off or there already.
   *
   * @throws Exception what goes wrong, for {@link LarderAgent} to report
   */
  public static void launch(String arguments, Instrumentation instrumentation) throws Exception {
    if (isToolOfTheJdk()) {
      return;
    }
    File jar = new File(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (wasLaunched()) { // by another -javaagent, perhaps with a copy of the jar
      System.err.println(
          "[larder] WARN Larder is in this JVM already; this -javaagent does nothing: " + jar);
      return;
    }
    IsolatedLoader loader = new IsolatedLoader(jar);
    // Through a type of the JDK: to call a method by reflection costs a start some milliseconds.
    @SuppressWarnings({"unchecked", "UnsafeReflectiveConstructionCast"}) // ours, and generic
    BiConsumer<String, Instrumentation> installation =
        (BiConsumer<String, Instrumentation>)
            Class.forName("io.larder.agent.Installation", true, loader)
                .getDeclaredConstructor()
                .newInstance();
    installation.accept(arguments, instrumentation);
  }

  private static synchronized boolean wasLaunched() {
    boolean before = launched;
    launched = true;
    return before;
  }

  /**
   * Whether the JVM runs a program of the JDK, started under JAVA_TOOL_OPTIONS perhaps. Those start
   * from a module; the source launcher does too, and runs an application.
   */
  private static boolean isToolOfTheJdk() {
    String module = System.getProperty("jdk.module.main", "");
    return (module.startsWith("jdk.") || module.startsWith("java."))
        && !System.getProperty("sun.java.command", "")
            .startsWith("jdk.compiler/com.sun.tools.javac.launcher.");
  }
}
