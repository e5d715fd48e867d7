package io.larder.benchmarks.startup;

import java.util.List;

/**
 * An agent to start an application with.
 *
 * @param name as it stands in the report
 * @param options the JVM's options for it; none for no agent
 */
public record Agent(String name, List<String> options) {}
