package io.larder.benchmarks.startup;

/**
 * One start.
 *
 * @param application the name of the application
 * @param agent the name of the agent
 * @param wallMillis from the start of the process until it was up, or ended
 * @param cpuMillis the processor time it had used by then, of all its threads
 */
public record Sample(String application, String agent, double wallMillis, double cpuMillis) {}
