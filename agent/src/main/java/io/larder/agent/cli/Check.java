package io.larder.agent.cli;

import io.larder.agent.cli.CommandLine.CommandException;
import io.larder.agent.cli.CommandLine.UsageException;
import io.larder.agent.rules.ClassRules;
import io.larder.agent.rules.Rule;
import io.larder.agent.rules.Rules;
import io.larder.agent.weaving.ClassWeaver;
import io.larder.agent.weaving.WeavingOutcome;
import io.larder.runtime.config.Configuration;
import io.larder.runtime.config.ConfigurationFile;
import io.larder.runtime.config.Problem;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

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
    List<Path> classPath = new ArrayList<>();
    Path file = null;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--classpath") || argument.equals("-cp")) {
        if (++i == arguments.size()) {
          throw new UsageException(argument + " takes jars and directories");
        }
        for (String entry : arguments.get(i).split(File.pathSeparator, -1)) {
          classPath.add(existing(entry));
        }
      } else if (file == null && !argument.startsWith("-")) {
        file = existing(argument);
      } else {
        throw new UsageException("check does not know " + argument);
      }
    }
    if (file == null) {
      throw new UsageException("check takes a larder.yaml");
    }
    return run(file, classPath, out);
  }

  private static Path existing(String name) {
    Path path = Path.of(name);
    if (!Files.exists(path)) {
      throw new CommandException("there is no " + path.toAbsolutePath());
    }
    return path;
  }

  private static int run(Path file, List<Path> classPath, PrintStream out) {
    try {
      String fileName = String.valueOf(file.getFileName());
      ConfigurationFile.Result result = ConfigurationFile.parse(fileName, Files.readString(file));
      Configuration configuration = result.configuration();
      if (configuration == null) {
        for (Problem problem : result.problems()) {
          out.println(problem);
        }
        return 1;
      }
      Check check = new Check(Rules.of(configuration, fileName), out);
      if (classPath.isEmpty()) {
        out.println(fileName + " is right. Give --classpath to see which methods it matches.");
        return 0;
      }
      return check.scan(classPath) ? 0 : 1;
    } catch (IOException unreadable) {
      throw new CommandException("cannot be read: " + unreadable.getMessage());
    }
  }

  private boolean scan(List<Path> classPath) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path entry : classPath) {
      urls.add(entry.toUri().toURL());
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      for (Path entry : classPath) {
        if (Files.isDirectory(entry)) {
          scanDirectory(entry, loader);
        } else {
          scanJar(entry, loader);
        }
      }
    }
    return report();
  }

  private void scanDirectory(Path directory, ClassLoader loader) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).sorted().toList()) {
        String name = directory.relativize(file).toString().replace(File.separatorChar, '/');
        look(name, Files.readAllBytes(file), loader);
      }
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  private void scanJar(Path jar, ClassLoader loader) throws IOException {
    try (JarFile open = new JarFile(jar.toFile())) {
      for (JarEntry entry : open.stream().toList()) {
        if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
          try (InputStream in = open.getInputStream(entry)) {
            look(entry.getName(), in.readAllBytes(), loader);
          }
        }
      }
    }
  }

  private void look(String entry, byte[] classFile, ClassLoader loader) {
    String className = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
    try {
      ClassRules said = rules.of(loader, className, classFile);
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
          case CACHED -> outcome.method() + " is cached in \"" + outcome.detail() + "\"";
          case INVALIDATES -> outcome.method() + " invalidates \"" + outcome.detail() + "\"";
          case REFUSED -> outcome.method() + " is refused: " + outcome.detail();
          case EXCLUDED -> outcome.method() + " is left alone: " + outcome.detail();
          case SHADOWED -> outcome.method() + " is shadowed: " + outcome.detail();
        };
    refused += outcome.kind() == WeavingOutcome.Kind.REFUSED ? 1 : 0;
    Rule rule = outcome.rule();
    if (rule != null) {
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
