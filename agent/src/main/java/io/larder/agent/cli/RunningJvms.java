package io.larder.agent.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import io.larder.agent.cli.CommandLine.CommandException;
import io.larder.runtime.thread.DaemonThreads;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reaches Larder in other JVMs of this user, through the attach API. */
final class RunningJvms {

  /** Set in a JVM that Larder is in. */
  private static final String MARK = "io.larder.agent";

  /** How an answer begins that tells of a failure. */
  private static final String FAILED = "failed: ";

  private static final String NOT_ALLOWED =
      """
      That JVM does not allow agents to be loaded into it (JEP 451). Start it with\
       -XX:+EnableDynamicAgentLoading, or with -javaagent:larder-agent.jar.""";

  /** Beyond the ten that the JDK waits for a JVM that was never attached to. */
  private static final int LIST_SECONDS = 15;

  private static final int ASK_SECONDS = 60;

  private RunningJvms() {}

  /** Writes a line for each JVM but this one, as each answers. */
  static void list(PrintStream out) {
    boolean none = true;
    for (VirtualMachineDescriptor jvm : VirtualMachine.list()) {
      if (!jvm.id().equals(String.valueOf(ProcessHandle.current().pid()))) {
        none = false;
        String name = jvm.displayName().isBlank() ? "(no name)" : firstWord(jvm.displayName());
        out.printf("%8s  %-40s  %s%n", jvm.id(), name, stateOf(jvm.id()));
      }
    }
    if (none) {
      out.println("No other JVM of this user is running.");
    }
  }

  /** Without arguments, which may hold what is nobody's business. */
  private static String firstWord(String displayName) {
    return displayName.strip().split("\\s", 2)[0];
  }

  private static String stateOf(String id) {
    try {
      return inTime(
          id,
          LIST_SECONDS,
          () -> {
            VirtualMachine jvm = VirtualMachine.attach(id);
            boolean isHere;
            try {
              isHere = jvm.getSystemProperties().containsKey(MARK);
            } finally {
              jvm.detach();
            }
            return isHere ? answer(id, "summary", "") : "without Larder";
          });
    } catch (CommandException unreachable) {
      return "cannot be reached: " + unreachable.getMessage();
    }
  }

  /** Waits for an answer, but not for ever: a JVM may be stopped, or its attach thread held up. */
  private static String inTime(String id, int seconds, Callable<String> question) {
    FutureTask<String> task = new FutureTask<>(question);
    DaemonThreads.newThread("question", task).start();
    try {
      return task.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException silent) {
      throw new CommandException("Process " + id + " has not answered for " + seconds + " s.");
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      if (cause instanceof CommandException told) {
        throw told;
      }
      throw new CommandException(String.valueOf(cause == null ? failure : cause.getMessage()));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted");
    }
  }

  /**
   * Puts Larder into a JVM.
   *
   * @param file the configuration; {@code null} for annotations alone
   * @return what it said
   * @throws CommandException if that was not possible
   */
  static String attach(String id, @Nullable String file) {
    if (file == null) {
      return ask(id, "attach");
    }
    Path path = Path.of(file).toAbsolutePath();
    if (!Files.isRegularFile(path)) {
      throw new CommandException(
          (Files.exists(path) ? path + " is no file" : "there is no " + path));
    }
    if (!Files.isReadable(path)) {
      throw new CommandException("cannot read " + path);
    }
    if (path.toString().contains(";")) {
      throw new CommandException("the path of a configuration must not hold a \";\": " + path);
    }
    return ask(id, "attach", ";config=" + path);
  }

  /** Asks Larder in a JVM; as {@link #attach}. */
  static String ask(String id, String command) {
    return ask(id, command, "");
  }

  private static String ask(String id, String command, String arguments) {
    requireJvm(id);
    return inTime(id, ASK_SECONDS, () -> answer(id, command, arguments));
  }

  private static String answer(String id, String command, String arguments) {
    Path answer = null;
    try {
      answer = Files.createTempFile("larder-answer", ".txt");
      VirtualMachine jvm = VirtualMachine.attach(id);
      try {
        jvm.loadAgent(ownJar(), "command=" + command + ";answer=" + answer + arguments);
      } finally {
        jvm.detach();
      }
      String text = Files.readString(answer);
      if (text.isEmpty()) {
        throw new CommandException("Process " + id + " gave no answer; see its standard error.");
      }
      if (text.startsWith(FAILED)) {
        throw new CommandException("In process " + id + " it failed: " + text.substring(8));
      }
      return text;
    } catch (AttachNotSupportedException notAJvm) {
      throw new CommandException(
          "Process " + id + " cannot be attached to: " + notAJvm.getMessage());
    } catch (AgentLoadException refused) {
      throw new CommandException(
          String.valueOf(refused.getMessage()).contains("not enabled")
              ? NOT_ALLOWED
              : "Process " + id + " did not load the agent: " + refused.getMessage());
    } catch (AgentInitializationException | IOException | URISyntaxException failure) {
      throw new CommandException("Process " + id + " could not be asked: " + failure.getMessage());
    } finally {
      delete(answer);
    }
  }

  /**
   * The JDK wakes the listener of a JVM that was never attached to with a signal, SIGQUIT, which
   * ends any other process. Where the system shows which libraries a process has, that is seen
   * before.
   */
  private static void requireJvm(String id) {
    try (Stream<String> maps = Files.lines(Path.of("/proc", id, "maps"))) {
      if (maps.noneMatch(line -> line.contains("libjvm."))) {
        throw new CommandException("Process " + id + " is no JVM.");
      }
    } catch (IOException | UncheckedIOException notShown) {
      // of another system, or not ours to see; the JDK will say so
    }
  }

  private static void delete(@Nullable Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException left) {
        file.toFile().deleteOnExit();
      }
    }
  }

  private static String ownJar() throws URISyntaxException {
    return Path.of(RunningJvms.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toString();
  }
}
