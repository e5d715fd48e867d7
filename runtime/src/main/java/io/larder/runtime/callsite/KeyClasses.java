package io.larder.runtime.callsite;

import java.lang.invoke.MethodHandle;

/** Makes key classes; the agent does, which has what it takes to write class files. */
public interface KeyClasses {

  /**
   * A new class, a subclass of {@code Key}, or of {@code InstanceKey} when the shape says so.
   *
   * @return its constructor: takes the instance, if any, and the parts; hashes if the shape is
   *     trusted
   */
  MethodHandle define(KeyShape shape);
}
