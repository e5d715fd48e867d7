package io.larder.benchmarks.paired;

/**
 * A loop over one operation. Each contestant has a loop of its own, written out, so that the JIT
 * compiles it for that contestant alone.
 */
@FunctionalInterface
public interface Block {

  /**
   * Runs the operation so many times.
   *
   * @return something made of all results, so that none of them can be left out
   */
  long run(int operations);
}
