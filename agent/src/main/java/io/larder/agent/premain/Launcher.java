package io.larder.agent.premain;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the first look in place, and starts the agent proper when there is something to do. Without
 * lambdas: the first one costs a start some milliseconds.
 */
final class Launcher implements Supplier<@Nullable Agent> {

  private static final String ENTRY_PACKAGE = Launcher.class.getPackageName() + ".";

  /** Guarded by this class. */
  private static boolean launched;

  private final File jar;
  private final @Nullable String arguments;
  private final Instrumentation instrumentation;

  private Launcher(File jar, @Nullable String arguments, Instrumentation instrumentation) {
    this.jar = jar;
    this.arguments = arguments;
    this.instrumentation = instrumentation;
  }

  /**
   * Starts, unless Larder is there already.
   *
   * @throws Exception what goes wrong, for {@link LarderAgent} to report
   */
  static void launch(@Nullable String arguments, Instrumentation instrumentation) throws Exception {
    if (isToolOfTheJdk()) {
      return;
    }
    File jar = new File(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (wasLaunched()) { // by another -javaagent, perhaps with a copy of the jar
      System.err.println(
          "[larder] WARN Larder is in this JVM already; this -javaagent does nothing: " + jar);
      return;
    }
    // Resolved here and not while a class is being transformed, where a circular resolution would
    // stay failed for ever (JVMS 5.4.3); seen by several agents with exactly this class.
    ThreadLocalRandom.current();
    new Launcher(jar, arguments, instrumentation).look();
  }

  private void look() {
    FirstLook look = new FirstLook(this);
    if (isSaidAnything() && look.start() == null) {
      return;
    }
    instrumentation.addTransformer(look, /* canRetransform= */ true);
    List<Class<?>> loaded = loadedAlready();
    Agent agent = loaded.isEmpty() ? null : look.start();
    if (agent != null) {
      agent.weaveLoaded(loaded);
    }
  }

  /** Starts the agent; {@code null} when it is off or cannot start, which is reported. */
  @Override
  public @Nullable Agent get() {
    try {
      @SuppressWarnings({"unchecked", "UnsafeReflectiveConstructionCast"}) // ours, and generic
      BiFunction<@Nullable String, Instrumentation, @Nullable Agent> installation =
          (BiFunction<@Nullable String, Instrumentation, @Nullable Agent>)
              Class.forName("io.larder.agent.Installation", true, IsolatedLoader.of(jar))
                  .getDeclaredConstructor()
                  .newInstance();
      return installation.apply(arguments, instrumentation);
    } catch (Throwable failure) { // the application starts regardless
      LarderAgent.reportFailure(failure);
      return null;
    }
  }

  private static synchronized boolean wasLaunched() {
    boolean before = launched;
    launched = true;
    return before;
  }

  /** Whether there is anything to understand, or to complain about, before a class is woven. */
  private boolean isSaidAnything() {
    if (arguments != null) {
      return true;
    }
    for (Object name : System.getProperties().keySet()) {
      if (name instanceof String text && text.startsWith("larder.")) {
        return true;
      }
    }
    for (String name : System.getenv().keySet()) {
      if (name.startsWith("LARDER_")) {
        return true;
      }
    }
    return false;
  }

  /**
   * What was loaded before us and is to be woven: by another agent, or from an AOT cache, which
   * hands out classes that no transformer has seen.
   */
  private List<Class<?>> loadedAlready() {
    List<Class<?>> classes = new ArrayList<>();
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      if (!FirstLook.isOfTheJdk(loaded.getClassLoader())
          && !loaded.getName().startsWith(ENTRY_PACKAGE)
          && !loaded.isArray()
          && instrumentation.isModifiableClass(loaded)
          && namesCached(loaded)) {
        classes.add(loaded);
      }
    }
    return classes;
  }

  /** Judged by the class file, as reflection would load what the class refers to. */
  private static boolean namesCached(Class<?> loaded) {
    String resource = loaded.getName().replace('.', '/') + ".class";
    try (InputStream in = loaded.getClassLoader().getResourceAsStream(resource)) {
      return in != null && FirstLook.namesCached(in.readAllBytes());
    } catch (IOException | RuntimeException | LinkageError unreadable) {
      return false;
    }
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
