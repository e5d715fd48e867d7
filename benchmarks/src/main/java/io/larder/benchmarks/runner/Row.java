package io.larder.benchmarks.runner;

import io.larder.benchmarks.paired.Goal;
import io.larder.benchmarks.paired.Measurement;
import io.larder.benchmarks.paired.Median;
import io.larder.benchmarks.paired.Question;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Larder beside one contestant on one JDK: the medians over the launches.
 *
 * @param question what was asked
 * @param threads with how many threads
 * @param against the contestant
 * @param nanos the contestant's time per operation
 * @param larderNanos Larder's
 * @param ratio Larder's time divided by the contestant's, with its range over the launches
 * @param bytes what the contestant allocates per operation
 * @param larderBytes what Larder allocates
 * @param goal what was to be reached
 */
record Row(
    Question question,
    int threads,
    String against,
    double nanos,
    double larderNanos,
    Range ratio,
    double bytes,
    double larderBytes,
    Optional<Goal> goal) {

  /** A median between the smallest and the largest of what it is made of. */
  record Range(double median, double minimum, double maximum) {

    static Range of(List<Double> numbers) {
      return new Range(
          Median.of(numbers),
          numbers.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
          numbers.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
    }
  }

  /** One row for each contestant but Larder's own, which is the last in every launch. */
  static List<Row> of(Question question, int threads, List<List<Measurement>> launches) {
    List<Measurement> first = launches.get(0);
    int larder = first.size() - 1;
    return IntStream.range(0, larder)
        .mapToObj(i -> row(question, threads, launches, i, larder))
        .toList();
  }

  private static Row row(
      Question question, int threads, List<List<Measurement>> launches, int index, int larder) {
    String against = launches.get(0).get(index).contestant();
    return new Row(
        question,
        threads,
        against,
        Median.of(launches.stream().map(launch -> launch.get(index).nanos()).toList()),
        Median.of(launches.stream().map(launch -> launch.get(larder).nanos()).toList()),
        Range.of(launches.stream().map(launch -> launch.get(index).larderRatio()).toList()),
        Median.of(launches.stream().map(launch -> launch.get(index).bytes()).toList()),
        Median.of(launches.stream().map(launch -> launch.get(larder).bytes()).toList()),
        question.goals().stream().filter(goal -> goal.against().equals(against)).findFirst());
  }
}
