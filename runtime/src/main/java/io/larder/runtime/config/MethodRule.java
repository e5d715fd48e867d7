package io.larder.runtime.config;

import io.larder.runtime.policy.InstanceRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the file says of some methods.
 *
 * @param pattern which methods
 * @param key what makes the key; empty if all calls share one entry; {@code null} where nothing is
 *     said
 * @param instances how the instance counts; {@code null} where nothing is said
 * @param unless a result is not stored when any of these holds
 * @param tags those of the results; or, of methods that invalidate, of what is forgotten
 * @param before whether a method that invalidates does so before it runs
 * @param onFailure whether it does so also when it throws
 * @param resultOf the name of the method whose result one that puts has; empty where nothing is
 *     said
 * @param line where the pattern stands, from 1
 */
public record MethodRule(
    MethodPattern pattern,
    @Nullable List<KeyPath> key,
    @Nullable InstanceRule instances,
    List<Condition> unless,
    List<TagTemplate> tags,
    boolean before,
    boolean onFailure,
    String resultOf,
    int line) {

  /** Copies the lists. */
  public MethodRule {
    key = key == null ? null : List.copyOf(key);
    unless = List.copyOf(unless);
    tags = List.copyOf(tags);
  }

  /** Of a method of which no more is said than this. */
  public MethodRule(
      MethodPattern pattern,
      @Nullable List<KeyPath> key,
      @Nullable InstanceRule instances,
      List<Condition> unless,
      int line) {
    this(
        pattern,
        key,
        instances,
        unless,
        /* tags= */ List.of(),
        /* before= */ false,
        /* onFailure= */ false,
        /* resultOf= */ "",
        line);
  }

  /** All that is said but which methods are meant and where: for comparing. */
  public String meaning() {
    return String.join(
        " ",
        String.valueOf(key),
        String.valueOf(instances),
        String.valueOf(unless),
        String.valueOf(tags),
        before ? "before" : "after",
        String.valueOf(onFailure),
        resultOf);
  }
}
