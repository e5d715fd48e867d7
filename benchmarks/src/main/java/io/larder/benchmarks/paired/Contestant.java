package io.larder.benchmarks.paired;

/**
 * One of those that are compared.
 *
 * @param name as it stands in the report
 * @param block its loop
 */
public record Contestant(String name, Block block) {}
