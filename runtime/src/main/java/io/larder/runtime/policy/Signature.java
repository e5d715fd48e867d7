package io.larder.runtime.policy;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.stream.Collectors;

/** A method as people read it, and as patterns of the configuration name it. */
final class Signature {

  private Signature() {}

  /**
   * Writes it.
   *
   * @param descriptor as in the class file
   * @return as in {@code find(long, String)}
   */
  static String of(String name, String descriptor) {
    return name
        + MethodTypeDesc.ofDescriptor(descriptor).parameterList().stream()
            .map(ClassDesc::displayName)
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
