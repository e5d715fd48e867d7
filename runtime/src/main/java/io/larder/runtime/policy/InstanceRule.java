package io.larder.runtime.policy;

/** How the instance a method is called on counts; the constants of {@code io.larder.Instances}. */
public enum InstanceRule {
  /** Each instance has its own results. */
  SEPARATE,
  /** All instances share their results. */
  INTERCHANGEABLE,
  /** Instances that are equal share their results. */
  EQUAL
}
