package io.larder.agent.weaving;

import io.larder.agent.rules.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** A method as the class file has it, and what is said about it, before anything is checked. */
final class FoundMethod {

  final String className;
  final int access;
  final String name;
  final String descriptor;

  /** The annotation's values that are written out, by attribute. */
  final Map<String, Object> values = new LinkedHashMap<>();

  /** The values of each of its annotations that say what it invalidates, by attribute. */
  final List<Map<String, Object>> invalidations = new ArrayList<>();

  /** The values of each of its annotations that say where it puts its result. */
  final List<Map<String, Object>> puts = new ArrayList<>();

  final List<Integer> keyParameters = new ArrayList<>();
  final List<Integer> ignoredParameters = new ArrayList<>();
  boolean annotated;
  int maxLocals;
  int returns;

  /** The names of its annotations. */
  final Set<String> annotations = new HashSet<>();

  /** By position; {@code null} where the compiler left it out. */
  private final @Nullable String[] parameterNames;

  /** The rules that name it. */
  List<Rule> rules = List.of();

  /** Where it stands that it is to be left alone; {@code null} when it does not. */
  @Nullable String exclusion;

  FoundMethod(String className, int access, String name, String descriptor) {
    this.className = className;
    this.access = access;
    this.name = name;
    this.descriptor = descriptor;
    this.parameterNames = new String[Type.getArgumentTypes(descriptor).length];
  }

  String id() {
    return name + descriptor;
  }

  /** As people read and write it: {@code com.acme.PriceDao#find(long, String)}. */
  String readable() {
    return className + "#" + signature();
  }

  /** {@link #readable} without its class. */
  String signature() {
    List<String> simple = new ArrayList<>();
    for (String type : parameterTypes()) {
      simple.add(type.substring(type.lastIndexOf('.') + 1));
    }
    return name + "(" + String.join(", ", simple) + ")";
  }

  boolean isStatic() {
    return (access & Opcodes.ACC_STATIC) != 0;
  }

  boolean hasBody() {
    return (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
  }

  /** Names a parameter, unless it has a name. */
  void setParameterName(int position, String parameter) {
    if (position < parameterNames.length && parameterNames[position] == null) {
      parameterNames[position] = parameter;
    }
  }

  /** Names the parameter that a local variable holds, if one does. */
  void setLocalName(int slot, String local) {
    int next = isStatic() ? 0 : 1;
    Type[] types = Type.getArgumentTypes(descriptor);
    for (int position = 0; position < types.length; position++) {
      if (next == slot) {
        setParameterName(position, local);
      }
      next += types[position].getSize();
    }
  }

  @Nullable String[] parameterNames() {
    return parameterNames.clone();
  }

  /** The types of its parameters as in source, qualified. */
  List<String> parameterTypes() {
    List<String> names = new ArrayList<>();
    for (Type type : Type.getArgumentTypes(descriptor)) {
      names.add(type.getClassName());
    }
    return names;
  }

  /** The rules that say where it is cached; the first one holds. */
  List<Rule> caching() {
    return rules(Rule.Purpose.CACHE);
  }

  /** The rules that say what it invalidates; all hold. */
  List<Rule> invalidating() {
    return rules(Rule.Purpose.INVALIDATE);
  }

  /** The rules that say where it puts its result; all hold. */
  List<Rule> putting() {
    return rules(Rule.Purpose.PUT);
  }

  private List<Rule> rules(Rule.Purpose purpose) {
    return rules.stream().filter(rule -> rule.purpose() == purpose).toList();
  }

  /** Whether somebody wants its results cached. */
  boolean isToBeCached() {
    return annotated || !caching().isEmpty();
  }

  /** Whether somebody wants it to invalidate. */
  boolean isToInvalidate() {
    return !invalidations.isEmpty() || !invalidating().isEmpty();
  }

  /** Whether somebody wants it to put its result into a cache. */
  boolean isToPut() {
    return !puts.isEmpty() || !putting().isEmpty();
  }

  /** Whether an annotation of ours asks for something. */
  boolean hasAnnotation() {
    return annotated || !invalidations.isEmpty() || !puts.isEmpty();
  }

  /** The annotation that asks for something, the strongest first. */
  String annotation() {
    return !invalidations.isEmpty()
        ? "@CacheInvalidate"
        : !puts.isEmpty() ? "@CachePut" : "@Cached";
  }

  /** The rule that asks for it before all others; {@code null} when only its annotation does. */
  @Nullable Rule firstRule() {
    return rules.isEmpty() ? null : rules.get(0);
  }

  /** How to ask for a method: it is annotated, or named in the configuration. */
  String ask() {
    return rules.isEmpty() ? "annotate" : "name";
  }
}
