package io.larder.agent.weaving;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An annotated method as the class file has it, before anything is checked. */
final class FoundMethod {

  final String className;
  final int access;
  final String name;
  final String descriptor;

  /** The annotation's values that are written out, by attribute. */
  final Map<String, Object> values = new LinkedHashMap<>();

  final List<Integer> keyParameters = new ArrayList<>();
  final List<Integer> ignoredParameters = new ArrayList<>();
  boolean annotated;
  int maxLocals;
  int returns;

  FoundMethod(String className, int access, String name, String descriptor) {
    this.className = className;
    this.access = access;
    this.name = name;
    this.descriptor = descriptor;
  }

  String id() {
    return name + descriptor;
  }
}
