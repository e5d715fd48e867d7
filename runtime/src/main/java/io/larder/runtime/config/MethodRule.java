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
 * @param line where the pattern stands, from 1
 */
public record MethodRule(
    MethodPattern pattern,
    @Nullable List<KeyPath> key,
    @Nullable InstanceRule instances,
    List<Condition> unless,
    int line) {

  /** Copies the lists. */
  public MethodRule {
    key = key == null ? null : List.copyOf(key);
    unless = List.copyOf(unless);
  }
}
