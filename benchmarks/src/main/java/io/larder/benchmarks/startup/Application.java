package io.larder.benchmarks.startup;

import java.util.List;

/**
 * An application whose start is measured.
 *
 * @param name as it stands in the report
 * @param arguments what stands after {@code java} and the agent
 * @param startedLine a text of the line that says it is up; empty when it runs to its end
 */
public record Application(String name, List<String> arguments, String startedLine) {}
