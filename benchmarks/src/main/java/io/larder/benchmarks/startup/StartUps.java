package io.larder.benchmarks.startup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Starts every application with every agent, so many times. Each round goes through all pairs in a
 * new random order, so that what disturbs the machine for a while disturbs all of them.
 */
public final class StartUps {

  private record Pair(Application application, Agent agent) {}

  private StartUps() {}

  /**
   * Measures; one round more is run before, to fill the file system's cache, and not counted.
   *
   * @param java the program that starts a JVM
   * @param progress told after each round
   */
  public static List<Sample> measure(
      String java,
      List<Application> applications,
      List<Agent> agents,
      int rounds,
      Consumer<String> progress) {
    List<Pair> pairs = new ArrayList<>();
    applications.forEach(
        application -> agents.forEach(agent -> pairs.add(new Pair(application, agent))));
    Random random = new Random(rounds);
    List<Sample> samples = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      Collections.shuffle(pairs, random);
      for (Pair pair : pairs) {
        Sample sample = Start.once(java, pair.application(), pair.agent());
        if (round > 0) {
          samples.add(sample);
        }
      }
      progress.accept("start-up, round %d of %d".formatted(round, rounds));
    }
    return samples;
  }
}
