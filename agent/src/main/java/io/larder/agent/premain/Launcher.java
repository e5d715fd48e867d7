package io.larder.agent.premain;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Puts the first look in place, and starts the agent proper when there is something to do. Without
 * lambdas: the first one costs a start some milliseconds.
 */
final class Launcher implements Runnable {

  /** Tells other programs that Larder is in a JVM, without asking it. */
  static final String MARK = "io.larder.agent";

  /** What was launched in this JVM. Guarded by this class. */
  private static @Nullable Launcher current;

  private final ZipFile jar;
  private final @Nullable String arguments;
  private final Instrumentation instrumentation;

  /** Guarded by this, as all that follows. */
  private @Nullable Agent agent;

  private @Nullable FirstLook look;

  private Launcher(ZipFile jar, @Nullable String arguments, Instrumentation instrumentation) {
    this.jar = jar;
    this.arguments = arguments;
    this.instrumentation = instrumentation;
  }

  /**
   * Starts before the application, unless Larder is there already.
   *
   * @throws Exception what goes wrong, for {@link LarderAgent} to report
   */
  static void launch(@Nullable String arguments, Instrumentation instrumentation) throws Exception {
    if (isToolOfTheJdk()) {
      return;
    }
    Launcher launcher = new Launcher(ownJar(), arguments, instrumentation);
    if (!becomesCurrent(launcher)) { // by another -javaagent, perhaps with a copy of the jar
      System.err.println(
          "[larder] WARN Larder is in this JVM already, from "
              + launcher.jar.getName()
              + "; this -javaagent does nothing.");
      return;
    }
    launcher.begin();
  }

  /** Does in a running JVM what is asked, and answers. */
  static void attach(@Nullable String arguments, Instrumentation instrumentation) throws Exception {
    AttachRequest request = AttachRequest.parse(arguments);
    String answer;
    try {
      answer = answer(request, instrumentation);
    } catch (Throwable failure) {
      answer = AttachRequest.FAILED + LarderAgent.causeOf(failure);
    }
    request.answer(answer);
  }

  private static synchronized String answer(AttachRequest request, Instrumentation instrumentation)
      throws Exception {
    if (request.command().equals("attach")) {
      return attachAgent(request, instrumentation);
    }
    Launcher there = current;
    if (there == null) {
      return "Larder is not in this JVM.";
    }
    return switch (request.command()) {
      case "detach" -> {
        there.stop();
        yield "Larder has left this JVM.";
      }
      case "explain" -> there.explanation();
      default -> there.summary();
    };
  }

  /** As a whole or not at all: whoever attaches is there to read why, and to try again. */
  private static String attachAgent(AttachRequest request, Instrumentation instrumentation)
      throws Exception {
    Launcher launcher = new Launcher(ownJar(), request.agentArguments(), instrumentation);
    if (!becomesCurrent(launcher)) {
      return Objects.requireNonNull(current).attachAgain(request.configFile());
    }
    String problem = "";
    try {
      problem = launcher.startAgent(launcher.loadedAlready()).problem();
    } finally {
      if (problem != null) {
        launcher.stop();
      }
    }
    return problem == null
        ? launcher.summary()
        : AttachRequest.FAILED + problem + "\nNothing was attached.";
  }

  /** Larder is there already, and takes the file that is named. */
  private String attachAgain(@Nullable String file) {
    if (file == null) {
      return "Larder is in this JVM already. " + summary();
    }
    FirstLook first = look();
    if (first != null) {
      first.end(); // as with a class that names @Cached; without our lock, which that takes, too
    }
    Agent there = agent();
    if (there == null) {
      return AttachRequest.FAILED + "Larder could not start; see the standard error.";
    }
    try {
      return "Larder is in this JVM already. " + there.use(file) + " " + there.summary();
    } catch (IllegalArgumentException refused) {
      return AttachRequest.FAILED + refused.getMessage();
    }
  }

  /** Runs a command of the command line. */
  static void command(String[] arguments) {
    try {
      @SuppressWarnings({"unchecked", "UnsafeReflectiveConstructionCast"}) // ours, and generic
      Consumer<String[]> commands =
          (Consumer<String[]>)
              Class.forName(
                      "io.larder.agent.cli.CommandLine",
                      /* initialize= */ true,
                      IsolatedLoader.of(ownJar(), ClassLoader.getSystemClassLoader()))
                  .getDeclaredConstructor()
                  .newInstance();
      commands.accept(arguments);
    } catch (ReflectiveOperationException | IOException | URISyntaxException failure) {
      LarderAgent.reportFailure(failure);
    }
  }

  /** Not a JarFile: looking for signatures costs part of a start, and there are none. */
  private static ZipFile ownJar() throws IOException, URISyntaxException {
    return new ZipFile(
        new File(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
  }

  private static synchronized boolean becomesCurrent(Launcher launcher) {
    if (current != null) {
      return false;
    }
    current = launcher;
    System.setProperty(MARK, "here");
    return true;
  }

  private void begin() throws ClassNotFoundException {
    // Resolved here and not while a class is being transformed, where a circular resolution would
    // stay failed for ever (JVMS 5.4.3); seen by several agents with exactly this class.
    ThreadLocalRandom.current();
    // The same, and so that nothing is asked of the system class loader any more, which may be the
    // application's own and hold a lock.
    FirstLook.namesCached(new byte[0]);
    Class.forName(FirstLook.ENTRY + "IsolatedLoader");
    Class.forName(FirstLook.ENTRY + "Agent");
    List<Class<?>> loaded = loadedAlready();
    if (!loaded.isEmpty() || isSaidAnything()) {
      start(loaded);
    } else {
      FirstLook first = new FirstLook(this);
      synchronized (this) {
        look = first;
      }
      instrumentation.addTransformer(first, /* canRetransform= */ false);
    }
  }

  /** Starts the agent for a class that is being loaded. */
  @Override
  public void run() {
    start(List.of());
  }

  private Agent startAgent(List<Class<?>> loaded) throws Exception {
    Agent started =
        Class.forName(
                "io.larder.agent.Installation",
                /* initialize= */ true,
                IsolatedLoader.of(jar, ClassLoader.getPlatformClassLoader()))
            .asSubclass(Agent.class)
            .getDeclaredConstructor()
            .newInstance();
    synchronized (this) {
      agent = started;
    }
    started.start(arguments, instrumentation, loaded);
    return started;
  }

  private void start(List<Class<?>> loaded) {
    try {
      startAgent(loaded);
    } catch (VirtualMachineError passing) { // as the end of the stack: the next class tries again
      Agent half = agent();
      if (half != null) {
        half.stop();
      }
      throw passing;
    } catch (Throwable failure) { // the application starts regardless
      LarderAgent.reportFailure(failure);
    }
  }

  private synchronized @Nullable Agent agent() {
    return agent;
  }

  private synchronized @Nullable FirstLook look() {
    return look;
  }

  private String summary() {
    Agent there = agent();
    return there == null ? "Larder has found nothing to cache yet." : there.summary();
  }

  private String explanation() {
    Agent there = agent();
    return there == null ? "No method is annotated or named in this JVM." : there.explanation();
  }

  private void stop() {
    FirstLook first = look();
    if (first != null) {
      first.close(); // waits for a start under way; without our lock, which that takes, too
      instrumentation.removeTransformer(first);
    }
    Agent there = agent();
    if (there != null) {
      there.stop();
    }
    System.clearProperty(MARK);
    current = null; // under the class's lock, too
  }

  /** Whether there is anything to understand, or to complain about, before a class is woven. */
  private boolean isSaidAnything() {
    if (arguments != null || new File("larder.yaml").exists()) {
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
      if (!FirstLook.isExempt(loaded.getClassLoader(), loaded.getName())
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
    } catch (IOException | RuntimeException | Error unreadable) { // of a loader of theirs
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
