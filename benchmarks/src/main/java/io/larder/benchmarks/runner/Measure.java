package io.larder.benchmarks.runner;

import io.larder.CacheStatistics;
import io.larder.Larder;
import io.larder.benchmarks.paired.Measurement;
import io.larder.benchmarks.paired.PairedRun;
import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.questions.Questions;
import java.util.List;

/** Measures one question in this JVM and prints a line per contestant. Run under the agent. */
public final class Measure {

  private Measure() {}

  /** Arguments: the question, the number of threads, the number of measured rounds. */
  public static void main(String[] args) {
    Question question = Questions.byId(args[0]);
    int threads = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    List<Measurement> measurements =
        new PairedRun(threads, question.operations(), rounds, question.warmUp() * rounds)
            .measure(question.contestants());
    if (question.isWoven()) {
      checkThatLarderTookPart(question);
    }
    measurements.forEach(measurement -> System.out.println(measurement.toLine()));
    System.exit(0); // a peer may have left threads behind
  }

  /** Otherwise a method that was not woven would look very fast, or very slow. */
  private static void checkThatLarderTookPart(Question question) {
    CacheStatistics statistics =
        Larder.statistics(question.cache())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Larder has no cache \"%s\": is the agent there?"
                            .formatted(question.cache())));
    long answered = question.expectsHits() ? statistics.hitCount() : statistics.loadCount();
    if (answered < question.operations() / 2) {
      throw new IllegalStateException(
          "cache \"%s\" took no part: %s".formatted(question.cache(), statistics));
    }
  }
}
