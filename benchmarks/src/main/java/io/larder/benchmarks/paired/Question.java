package io.larder.benchmarks.paired;

import java.util.List;
import java.util.Optional;

/**
 * One thing to know about the cost of Larder. An instance only describes; caches come to life when
 * {@link #contestants} is called, in the JVM that measures.
 */
public interface Question {

  /** The name on the command line. */
  String id();

  /** The name of the cache of Larder's contestant. */
  default String cache() {
    return id();
  }

  /** The question as the report shows it. */
  String title();

  /** Who is compared; the last one is Larder's. */
  List<Contestant> contestants();

  /** What is to be reached, where something was promised. */
  default List<Goal> goals() {
    return List.of();
  }

  /** How many operations make a block; a block should take about half a millisecond. */
  default int operations() {
    return 100_000;
  }

  /** The {@code larder.yaml} to start with, which the question may change; none by default. */
  default Optional<String> configuration() {
    return Optional.empty();
  }

  /** The numbers of threads to measure with. */
  default List<Integer> threads() {
    return List.of(1);
  }

  /** Whether there has to be a Redis, of which Larder is told. */
  default boolean needsRedis() {
    return false;
  }

  /** Whether there has to be a directory for the disk tier, of which Larder is told. */
  default boolean needsDisk() {
    return false;
  }

  /**
   * How many times as many rounds warm up as are measured. The way to the disk is long, and on the
   * one core the JIT took longer over it than three hundred rounds: half of the launches measured
   * what was not compiled yet.
   */
  default int warmUp() {
    return needsDisk() ? 5 : 1;
  }

  /** Whether threads of Larder work for the one that is measured, which then is not to wait. */
  default boolean hasHelpers() {
    return false;
  }

  /** Whether Larder's contestant calls a woven method, so that Larder's statistics show it. */
  default boolean isWoven() {
    return true;
  }

  /** Whether Larder's contestant is answered from its cache. */
  default boolean expectsHits() {
    return true;
  }
}
