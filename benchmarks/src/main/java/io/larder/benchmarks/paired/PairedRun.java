package io.larder.benchmarks.paired;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures contestants side by side: in each round every one of them runs a block, in an order that
 * turns from round to round. What disturbs the machine for longer than a round disturbs all of
 * them, so the ratio within a round stays meaningful where times do not.
 */
public final class PairedRun {

  private static final int ALLOCATION_BLOCKS = 20;

  private final int threads;
  private final int operations;
  private final int rounds;
  private final int warmUpRounds;

  /**
   * A run that is not yet started.
   *
   * @param threads how many threads run each block at the same time
   * @param operations how many operations make a block
   * @param rounds how many rounds are measured
   * @param warmUpRounds how many are not, before them
   */
  public PairedRun(int threads, int operations, int rounds, int warmUpRounds) {
    this.threads = threads;
    this.operations = operations;
    this.rounds = rounds;
    this.warmUpRounds = warmUpRounds;
  }

  /** Measures; the last contestant is Larder's. */
  public List<Measurement> measure(List<Contestant> contestants) {
    double[][] nanos = new double[contestants.size()][rounds];
    try (Crew crew = new Crew(threads)) {
      for (int round = -warmUpRounds; round < rounds; round++) {
        for (int i = 0; i < contestants.size(); i++) {
          int turn = Math.floorMod(i + round, contestants.size());
          Contestant contestant = contestants.get(turn);
          int count = operations / contestant.slowness();
          contestant.pause().run();
          double took = crew.nanosOf(contestant.block(), count);
          if (round >= 0) {
            nanos[turn][round] = took / count;
          }
        }
      }
    }
    double[] larder = nanos[contestants.size() - 1];
    List<Measurement> measurements = new ArrayList<>();
    for (int i = 0; i < contestants.size(); i++) {
      Contestant contestant = contestants.get(i);
      measurements.add(
          new Measurement(
              contestant.name(),
              Median.of(nanos[i]),
              bytesPerOperation(contestant),
              Median.of(ratios(larder, nanos[i]))));
    }
    return measurements;
  }

  private static double[] ratios(double[] above, double[] below) {
    double[] ratios = new double[above.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = above[i] / below[i];
    }
    return ratios;
  }

  private double bytesPerOperation(Contestant contestant) {
    ThreadMXBean threadBean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double[] bytes = new double[ALLOCATION_BLOCKS];
    for (int i = 0; i < ALLOCATION_BLOCKS; i++) {
      contestant.pause().run();
      long before = threadBean.getCurrentThreadAllocatedBytes();
      contestant.block().run(operations);
      bytes[i] = (threadBean.getCurrentThreadAllocatedBytes() - before) / (double) operations;
    }
    return Median.of(bytes);
  }
}
