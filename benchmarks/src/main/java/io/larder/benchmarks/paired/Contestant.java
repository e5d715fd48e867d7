package io.larder.benchmarks.paired;

/**
 * One of those that are compared.
 *
 * @param name as it stands in the report
 * @param block its loop
 * @param slowness by how much its blocks are shorter than those of the others, for one that is
 *     slower by an order of magnitude: so all blocks take about as long, and those of the others
 *     stay long enough to fill the processor's cache with their own data again
 * @param pause what is done before each of its blocks, and not measured
 */
public record Contestant(String name, Block block, int slowness, Runnable pause) {

  /** One whose blocks are as long as the question says. */
  public Contestant(String name, Block block) {
    this(name, block, 1);
  }

  /** One without a pause. */
  public Contestant(String name, Block block, int slowness) {
    this(name, block, slowness, () -> {});
  }

  /** The same with a pause before each block. */
  public Contestant after(Runnable othersWork) {
    return new Contestant(name, block, slowness, othersWork);
  }
}
