package io.larder.it.jvm;

import io.larder.Cached;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JVM to be started. Options are passed in the order of the calls, so that {@code
 * .option("-javaagent:other.jar").agent()} puts the other agent first. Not thread-safe.
 *
 * <p>Variables that would change a JVM or the agent are not inherited from the tests' environment.
 */
public final class Jvm {

  /** Far more than any application of the tests needs, even on a loaded machine. */
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final Jdk jdk;
  private final List<String> options = new ArrayList<>();
  private final List<String> classPath = new ArrayList<>();
  private final List<String> program = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private Duration timeout = TIMEOUT;
  private @Nullable Path directory;

  private Jvm(Jdk jdk) {
    this.jdk = jdk;
  }

  public static Jvm of(Jdk jdk) {
    return new Jvm(jdk);
  }

  /** Attaches the packed agent. */
  public Jvm agent() {
    return agent(AgentJar.path());
  }

  /** Attaches an agent of another jar. */
  public Jvm agent(Path jar) {
    return option("-javaagent:" + jar);
  }

  /** Arguments of the agent attached last, as in {@code "enabled=false;log=debug"}. */
  public Jvm agentArguments(String text) {
    for (int i = options.size() - 1; i >= 0; i--) {
      if (options.get(i).startsWith("-javaagent:")) {
        options.set(i, options.get(i) + "=" + text);
        return this;
      }
    }
    throw new IllegalStateException("agentArguments(\"" + text + "\") needs agent() before it");
  }

  /** Options of the JVM, such as {@code "-Xmx64m"}. */
  public Jvm option(String... jvmOptions) {
    Collections.addAll(options, jvmOptions);
    return this;
  }

  public Jvm systemProperty(String name, String value) {
    return option("-D" + name + "=" + value);
  }

  public Jvm environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Adds jars or directories to the class path. */
  public Jvm classPath(Path... entries) {
    for (Path entry : entries) {
      classPath.add(entry.toString());
    }
    return this;
  }

  /** Adds the classes of this module and the annotations to the class path. */
  public Jvm testClasses() {
    return classPath(locationOf(Jvm.class), annotations());
  }

  /** The annotations, as an application has them on its class path. */
  public static Path annotations() {
    return locationOf(Cached.class);
  }

  /** The directory or jar that a class of the tests was loaded from. */
  public static Path locationOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException failure) {
      throw new IllegalStateException("No file: the location of " + type, failure);
    }
  }

  public Jvm main(Class<?> type) {
    return main(type.getName());
  }

  public Jvm main(String type) {
    return program(type);
  }

  public Jvm jar(Path jar) {
    return program("-jar", jar.toString());
  }

  /** A module and its main class, as in {@code "shop/com.acme.Main"}. */
  public Jvm module(String moduleAndMain) {
    return program("-m", moduleAndMain);
  }

  private Jvm program(String... words) {
    program.clear();
    Collections.addAll(program, words);
    return this;
  }

  public Jvm arguments(String... words) {
    Collections.addAll(arguments, words);
    return this;
  }

  /** How long {@link #run()} waits; two minutes by default. */
  public Jvm timeout(Duration atMost) {
    timeout = atMost;
    return this;
  }

  public Jvm directory(Path workingDirectory) {
    directory = workingDirectory;
    return this;
  }

  /** Starts it; the caller closes it. */
  public RunningJvm start() {
    List<String> command = new ArrayList<>(List.of(jdk.java().toString(), "-Xmx512m"));
    command.addAll(options);
    if (!classPath.isEmpty()) {
      command.add("-cp");
      command.add(String.join(File.pathSeparator, classPath));
    }
    command.addAll(program);
    command.addAll(arguments);
    return start(command, environment, directory);
  }

  /** Runs it to its end. */
  public Outcome run() {
    try (RunningJvm running = start()) {
      return running.waitFor(timeout);
    }
  }

  /** Runs a tool of the JDK, such as {@code javac}, to its end. */
  public static Outcome runTool(
      Jdk jdk, String tool, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(jdk.tool(tool).toString()));
    Collections.addAll(command, arguments);
    try (RunningJvm running = start(command, environment, null)) {
      return running.waitFor(TIMEOUT);
    }
  }

  private static RunningJvm start(
      List<String> command, Map<String, String> environment, @Nullable Path directory) {
    ProcessBuilder builder = new ProcessBuilder(command);
    if (directory != null) {
      builder.directory(directory.toFile());
    }
    Map<String, String> inherited = builder.environment();
    inherited.keySet().removeIf(Jvm::changesJvms);
    inherited.putAll(environment);
    try {
      return new RunningJvm(String.join(" ", command), builder.start());
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot start " + String.join(" ", command), failure);
    }
  }

  private static boolean changesJvms(String variable) {
    return variable.startsWith("LARDER_")
        || variable.equals("JAVA_TOOL_OPTIONS")
        || variable.equals("JDK_JAVA_OPTIONS")
        || variable.equals("_JAVA_OPTIONS")
        || variable.equals("CLASSPATH");
  }
}
