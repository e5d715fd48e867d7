package io.larder.agent.premain;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Set;

/** Starts the agent proper in a class loader of its own. */
public final class Launcher {

  /** The classes that woven code names, in the order in which they depend on each other. */
  private static final String[] LINK_CLASSES = {"LarderHit", "LarderTicket", "LarderLink"};

  private Launcher() {}

  /**
   * Starts the agent, unless it is off or there already.
   *
   * @throws Exception what goes wrong, for {@link LarderAgent} to report
   */
  public static void launch(String arguments, Instrumentation instrumentation) throws Exception {
    if (isToolOfTheJdk(System.getProperty("sun.java.command", ""))) {
      return;
    }
    File jar = new File(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    IsolatedLoader loader = new IsolatedLoader(jar);
    if (isDefined("java.lang.LarderLink")) {
      System.err.println(
          "[larder] WARN Larder is in this JVM already; this -javaagent does nothing: " + jar);
      return;
    }
    Runnable link =
        () -> {
          try {
            defineLink(loader, instrumentation);
          } catch (IOException | IllegalAccessException failure) {
            throw new IllegalStateException("the link in java.lang could not be defined", failure);
          }
        };
    Class.forName("io.larder.agent.Installation", true, loader)
        .getMethod("install", String.class, Instrumentation.class, Runnable.class)
        .invoke(null, arguments, instrumentation, link);
  }

  /** Whether the JVM runs a program of the JDK, started under JAVA_TOOL_OPTIONS perhaps. */
  private static boolean isToolOfTheJdk(String command) {
    return command.startsWith("jdk.")
        || command.startsWith("java.")
        || command.startsWith("com.sun.tools.")
        || command.startsWith("sun.");
  }

  private static boolean isDefined(String name) {
    try {
      Class.forName(name, false, null);
      return true;
    } catch (ClassNotFoundException absent) {
      return false;
    }
  }

  /**
   * Defines the link in {@code java.lang}: of all packages the one that every class loader, OSGi
   * bundle and module sees. Unlike a jar on the bootstrap path this leaves class data sharing on.
   */
  private static void defineLink(IsolatedLoader loader, Instrumentation instrumentation)
      throws IOException, IllegalAccessException {
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of("java.lang", Set.of(Launcher.class.getModule())),
        Set.of(),
        Map.of());
    MethodHandles.Lookup javaLang =
        MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
    for (String name : LINK_CLASSES) {
      javaLang.defineClass(loader.classFile("java.lang." + name));
    }
  }
}
