package io.larder.agent.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the command and runs it; ends the JVM with 0, with 1 when it failed, with 2 for bad usage.
 */
public final class CommandLine implements Consumer<String[]> {

  private static final String USAGE =
      """
      usage: java -jar larder-agent.jar <command>
        list                             the JVMs of this user, whether Larder is in them, what it saves
        attach <pid> [larder.yaml]       put Larder into a running JVM
        detach <pid>                     take it out again: all classes run their own bytecode
        explain <pid>                    what becomes of each method that is annotated or named, and why
        check <larder.yaml> [--classpath <jars and directories>]
                                         what is wrong with a file, and which methods it would match
        redis-check <uri> [--password-file <file>] [--prefix <prefix>] [--trust-store <file>]
                                         whether Larder can use a Redis, and what to mend
      """;

  private final PrintStream out;
  private final PrintStream err;

  /** The command line of this JVM. */
  @SuppressWarnings("SystemOut") // a program of its own
  public CommandLine() {
    this(System.out, System.err);
  }

  CommandLine(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public void accept(String[] arguments) {
    System.exit(run(Arrays.asList(arguments)));
  }

  /** Runs a command; answers the exit code. */
  int run(List<String> arguments) {
    try {
      String command = arguments.isEmpty() ? "" : arguments.get(0);
      List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
      return switch (command) {
        case "list" -> list(rest);
        case "attach" -> attach(rest);
        case "detach" -> ask("detach", rest);
        case "explain" -> ask("explain", rest);
        case "check" -> Check.run(rest, out);
        case "redis-check" -> RedisChecking.run(rest, out);
        case "help", "--help", "-h" -> {
          out.print(USAGE);
          yield 0;
        }
        case "" -> throw new UsageException("a command is missing");
        default -> throw new UsageException("unknown command \"" + command + "\"");
      };
    } catch (UsageException wrong) {
      err.println(wrong.getMessage());
      err.print(USAGE);
      return 2;
    } catch (CommandException failed) {
      err.println(failed.getMessage());
      return 1;
    }
  }

  private int list(List<String> arguments) {
    if (!arguments.isEmpty()) {
      throw new UsageException("list takes nothing: " + arguments.get(0));
    }
    RunningJvms.list(out);
    return 0;
  }

  private int attach(List<String> arguments) {
    if (arguments.isEmpty() || arguments.size() > 2) {
      throw new UsageException("attach takes the id of a process and, perhaps, a larder.yaml");
    }
    String file = arguments.size() == 2 ? arguments.get(1) : null;
    out.println(RunningJvms.attach(processId(arguments.get(0)), file));
    return 0;
  }

  private int ask(String command, List<String> arguments) {
    if (arguments.size() != 1) {
      throw new UsageException(command + " takes the id of a process");
    }
    out.println(RunningJvms.ask(processId(arguments.get(0)), command));
    return 0;
  }

  private static String processId(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw new UsageException("the id of a process must be a number: \"" + text + "\"");
    }
    return text;
  }

  /** The command cannot be understood. */
  static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  /** The command could not be done; the message says why, and the way out. */
  static final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandException(String message) {
      super(message);
    }
  }
}
