package io.larder.agent.cli;

import io.larder.agent.cli.CommandLine.CommandException;
import io.larder.agent.cli.CommandLine.UsageException;
import io.larder.agent.rules.ClassRules;
import io.larder.agent.rules.Rule;
import io.larder.agent.rules.Rules;
import io.larder.agent.weaving.ClassWeaver;
import io.larder.agent.weaving.WeavingOutcome;
import io.larder.runtime.SectionChecks;
import io.larder.runtime.config.Configuration;
import io.larder.runtime.config.ConfigurationFile;
import io.larder.runtime.config.Problem;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks a configuration without running anything: what is wrong with it, and which methods of some
 * jars and directories each of its rules would match. No class of theirs is loaded.
 */
final class Check {

  private final Rules rules;
  private final PrintStream out;
  private final Map<Rule, List<String>> matches = new LinkedHashMap<>();
  private int refused;

  private Check(Rules rules, PrintStream out) {
    this.rules = rules;
    this.out = out;
    for (Rule rule : rules.all()) {
      matches.put(rule, new ArrayList<>());
    }
  }

  /**
   * Runs the command.
   *
   * @return the exit code: 1 when something is wrong
   */
  static int run(List<String> arguments, PrintStream out) {
    try (ClassPath classPath = new ClassPath()) {
      Path file = null;
      for (int i = 0; i < arguments.size(); i++) {
        String argument = arguments.get(i);
        if (argument.equals("--classpath") || argument.equals("-cp")) {
          if (++i == arguments.size()) {
            throw new UsageException(argument + " takes jars and directories");
          }
          for (String entry : arguments.get(i).split(File.pathSeparator, -1)) {
            classPath.add(entry);
          }
        } else if (file == null && !argument.startsWith("-")) {
          file = ClassPath.existing(argument);
          if (!Files.isRegularFile(file)) {
            throw new CommandException(file.toAbsolutePath() + " is no file");
          }
        } else {
          throw new UsageException(
              "check does not know "
                  + argument
                  + "; several jars go into one --classpath, with \""
                  + File.pathSeparator
                  + "\" between them");
        }
      }
      if (file == null) {
        throw new UsageException("check takes a larder.yaml");
      }
      return run(file, classPath, out);
    } catch (IOException unreadable) {
      throw new CommandException("cannot be read: " + unreadable.getMessage());
    }
  }

  private static int run(Path file, ClassPath classPath, PrintStream out) throws IOException {
    String fileName = String.valueOf(file.getFileName());
    ConfigurationFile.Result result =
        ConfigurationFile.parse(fileName, Files.readString(file), new SectionChecks());
    Configuration configuration = result.configuration();
    if (configuration == null) {
      for (Problem problem : result.problems()) {
        out.println(problem);
      }
      return 1;
    }
    if (classPath.isEmpty()) {
      out.println(fileName + " is right. Give --classpath to see which methods it matches.");
      return 0;
    }
    Check check = new Check(Rules.of(configuration, fileName), out);
    classPath.visit(check::look);
    return check.report() ? 0 : 1;
  }

  private void look(String entry, byte[] classFile, ClassLoader loader) {
    try {
      ClassRules said = rules.of(loader, ClassWeaver.nameOf(classFile), classFile);
      if (said != null) {
        for (WeavingOutcome outcome : ClassWeaver.weave(loader, classFile, said).outcomes()) {
          add(outcome);
        }
      }
    } catch (RuntimeException unreadable) {
      out.println(entry + " cannot be read as a class file: " + unreadable);
    }
  }

  private void add(WeavingOutcome outcome) {
    String line =
        switch (outcome.kind()) {
          case CACHED, INVALIDATES, PUTS -> outcome.method() + " " + outcome.doing();
          case REFUSED -> outcome.method() + " is refused: " + outcome.detail();
          case EXCLUDED -> outcome.method() + " is left alone: " + outcome.detail();
          case SHADOWED -> outcome.method() + " is shadowed: " + outcome.detail();
        };
    Rule rule = outcome.rule();
    if (rule != null) { // annotations are none of the file's business
      refused += outcome.kind() == WeavingOutcome.Kind.REFUSED ? 1 : 0;
      matches.computeIfAbsent(rule, each -> new ArrayList<>()).add(line);
    }
  }

  private boolean report() {
    int nothing = 0;
    for (Rule rule : rules.all()) {
      List<String> lines = matches.getOrDefault(rule, List.of());
      out.println(rule.origin() + ": " + rule.method().pattern().text());
      lines.forEach(line -> out.println("  " + line));
      if (lines.isEmpty()) {
        nothing++;
        out.println("  matches nothing here");
      }
    }
    return refused == 0 && nothing == 0;
  }
}
