package io.larder.runtime.management;

import java.util.List;
import javax.management.MBeanOperationInfo;
import javax.management.openmbean.OpenMBeanOperationInfoSupport;
import javax.management.openmbean.OpenMBeanParameterInfo;
import javax.management.openmbean.OpenMBeanParameterInfoSupport;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;

/**
 * One operation of an MBean, with at most one parameter. Answers with a sentence.
 *
 * @param name as consoles show it
 * @param description what it does
 * @param parameters what it takes
 * @param changes whether it changes anything
 * @param work does it
 */
record OperationDefinition(
    String name, String description, List<Parameter> parameters, boolean changes, Work work) {

  /** Does the operation's work. */
  interface Work {
    /**
     * Runs.
     *
     * @throws IllegalArgumentException if an argument is not allowed; the message is shown
     */
    String run(Object[] arguments);
  }

  /**
   * A parameter; consoles show its name, and prefill 0, {@code true} or {@code String}.
   *
   * @param name its name
   * @param type its open type
   * @param description what it means
   */
  record Parameter(String name, OpenType<?> type, String description) {}

  OperationDefinition {
    parameters = List.copyOf(parameters);
  }

  OpenMBeanOperationInfoSupport info() {
    OpenMBeanParameterInfo[] infos =
        parameters.stream()
            .map(
                parameter ->
                    new OpenMBeanParameterInfoSupport(
                        parameter.name(), parameter.description(), parameter.type()))
            .toArray(OpenMBeanParameterInfo[]::new);
    return new OpenMBeanOperationInfoSupport(
        name,
        description,
        infos,
        SimpleType.STRING,
        changes ? MBeanOperationInfo.ACTION : MBeanOperationInfo.INFO);
  }
}
