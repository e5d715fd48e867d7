package io.larder.benchmarks.runner;

import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.questions.Questions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What the command line asks for; the script {@code benchmarks/run} explains the options.
 *
 * @param launches how many JVMs answer each question
 * @param rounds how many rounds each of them measures
 * @param startUps how often each application is started with each agent
 * @param diskStartUps how often hello-world is started with and without a disk tier
 * @param questions the questions to answer
 * @param agent the packed agent
 * @param output the page to write
 * @param realTime whether to ask the scheduler for a core of our own where it grants that
 */
record Options(
    int launches,
    int rounds,
    int startUps,
    int diskStartUps,
    List<Question> questions,
    Path agent,
    Path output,
    boolean realTime) {

  Options {
    questions = List.copyOf(questions);
  }

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  static Options parse(List<String> arguments) {
    boolean quick = arguments.contains("--quick");
    int launches = quick ? 2 : 5;
    int rounds = quick ? 100 : 300;
    int startUps = quick ? 3 : 15;
    boolean startUpsNamed = false;
    int diskStartUps = startUps;
    boolean diskStartUpsNamed = false;
    Path output = null;
    boolean whole = !quick;
    Path agent = Path.of("agent/target/larder-agent.jar");
    List<Question> questions = new ArrayList<>();
    boolean realTime = true;
    var remaining = arguments.iterator();
    while (remaining.hasNext()) {
      String argument = remaining.next();
      switch (argument) {
        case "--quick" -> {}
        case "--ordinary" -> realTime = false;
        case "--question" -> {
          questions.add(Questions.byId(value(argument, remaining)));
          whole = false;
        }
        case "--launches" -> launches = number(argument, value(argument, remaining), 1);
        case "--rounds" -> rounds = number(argument, value(argument, remaining), 1);
        case "--start-ups" -> {
          startUps = number(argument, value(argument, remaining), 0);
          startUpsNamed = true;
          whole &= startUps > 0;
        }
        case "--disk-start-ups" -> {
          diskStartUps = number(argument, value(argument, remaining), 0);
          diskStartUpsNamed = true;
          whole &= diskStartUps > 0;
        }
        case "--agent" -> agent = existing(value(argument, remaining));
        case "--output" -> output = Path.of(value(argument, remaining));
        default ->
            throw new IllegalArgumentException(
                "unknown option \"%s\"; ./benchmarks/run --help lists them".formatted(argument));
      }
    }
    if (!questions.isEmpty() && !startUpsNamed) {
      startUps = 0;
    }
    if (!diskStartUpsNamed) {
      diskStartUps = startUps;
    }
    return new Options(
        launches,
        rounds,
        startUps,
        diskStartUps,
        questions.isEmpty() ? Questions.all() : questions,
        agent,
        // A part is no page for the documentation.
        output == null
            ? Path.of(whole ? "docs/benchmarks.md" : "benchmarks/target/benchmarks.md")
            : output,
        realTime);
  }

  private static Path existing(String name) {
    Path path = Path.of(name);
    if (!Files.isRegularFile(path)) {
      throw new IllegalArgumentException("--agent: there is no file " + path.toAbsolutePath());
    }
    return path;
  }

  private static String value(String option, Iterator<String> remaining) {
    if (!remaining.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value after it");
    }
    return remaining.next();
  }

  private static int number(String option, String text, int atLeast) {
    try {
      int number = Integer.parseInt(text);
      if (number >= atLeast) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, like a number that is too small.
    }
    throw new IllegalArgumentException(
        "%s must be a whole number of at least %d: %s".formatted(option, atLeast, text));
  }
}
