package io.larder.runtime;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the roles of daemon threads that a test class starts and that live as long as the JVM. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface LeavesThreads {

  /** For example {@code clock} for threads {@code larder-clock-<n>}. */
  String[] value();
}
