package io.larder.runtime;

import java.util.List;

/** What the agent did, as JMX shows it. */
public interface WeavingReport {

  /** How many methods were woven. */
  int wovenMethods();

  /** Methods that are annotated and not cached, each with the reason. */
  List<String> rejectedMethods();
}
