package io.larder.benchmarks.startup;

import io.larder.benchmarks.paired.Median;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * An application with an agent: medians over its starts.
 *
 * @param application its name
 * @param agent the agent's name
 * @param wallMillis the median time until it was up
 * @param minimumWallMillis the shortest of them
 * @param cpuMillis the median processor time
 */
public record StartUpRow(
    String application,
    String agent,
    double wallMillis,
    double minimumWallMillis,
    double cpuMillis) {

  /** The samples of one application with one agent. */
  public static StartUpRow of(String application, String agent, List<Sample> samples) {
    return new StartUpRow(
        application,
        agent,
        median(application, agent, samples, Sample::wallMillis),
        matching(application, agent, samples).stream()
            .mapToDouble(Sample::wallMillis)
            .min()
            .orElseThrow(),
        median(application, agent, samples, Sample::cpuMillis));
  }

  private static double median(
      String application, String agent, List<Sample> samples, ToDoubleFunction<Sample> number) {
    return Median.of(matching(application, agent, samples).stream().mapToDouble(number).toArray());
  }

  private static List<Sample> matching(String application, String agent, List<Sample> samples) {
    return samples.stream()
        .filter(sample -> sample.application().equals(application))
        .filter(sample -> sample.agent().equals(agent))
        .toList();
  }
}
