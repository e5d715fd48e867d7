package io.larder.benchmarks.paired;

/**
 * One of those that are compared.
 *
 * @param name as it stands in the report
 * @param block its loop
 * @param slowness by how much its blocks are shorter than those of the others, for one that is
 *     slower by an order of magnitude: so all blocks take about as long, and those of the others
 *     stay long enough to fill the processor's cache with their own data again
 */
public record Contestant(String name, Block block, int slowness) {

  /** One whose blocks are as long as the question says. */
  public Contestant(String name, Block block) {
    this(name, block, 1);
  }
}
