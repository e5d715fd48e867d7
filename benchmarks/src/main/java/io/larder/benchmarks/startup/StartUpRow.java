package io.larder.benchmarks.startup;

import io.larder.benchmarks.paired.Median;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * An application with an agent: medians over its starts. What is said of more or less is the median
 * over the rounds, each compared with the start without an agent in the same round.
 *
 * @param application its name
 * @param agent the agent's name
 * @param starts how many there were
 * @param wallMillis the time until it was up
 * @param minimumWallMillis the shortest of them
 * @param cpuMillis the processor time
 * @param moreWallMillis how much longer it took than without an agent
 * @param wallRatio how many times as long it took
 * @param moreCpuMillis how much more processor time it took
 */
public record StartUpRow(
    String application,
    String agent,
    int starts,
    double wallMillis,
    double minimumWallMillis,
    double cpuMillis,
    double moreWallMillis,
    double wallRatio,
    double moreCpuMillis) {

  /**
   * Sums up.
   *
   * @param samples of all applications and agents, round by round
   * @param without the name of the agent to compare with
   */
  public static StartUpRow of(
      String application, String agent, List<Sample> samples, String without) {
    List<Sample> with = of(application, agent, samples);
    List<Sample> none = of(application, without, samples);
    return new StartUpRow(
        application,
        agent,
        with.size(),
        median(with, Sample::wallMillis),
        with.stream().mapToDouble(Sample::wallMillis).min().orElseThrow(),
        median(with, Sample::cpuMillis),
        rounds(with, i -> with.get(i).wallMillis() - none.get(i).wallMillis()),
        rounds(with, i -> with.get(i).wallMillis() / none.get(i).wallMillis()),
        rounds(with, i -> with.get(i).cpuMillis() - none.get(i).cpuMillis()));
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> number) {
    return Median.of(samples.stream().mapToDouble(number).toArray());
  }

  private static double rounds(List<Sample> samples, ToDoubleFunction<Integer> ofRound) {
    return Median.of(IntStream.range(0, samples.size()).boxed().mapToDouble(ofRound).toArray());
  }

  private static List<Sample> of(String application, String agent, List<Sample> samples) {
    return samples.stream()
        .filter(sample -> sample.application().equals(application))
        .filter(sample -> sample.agent().equals(agent))
        .toList();
  }
}
