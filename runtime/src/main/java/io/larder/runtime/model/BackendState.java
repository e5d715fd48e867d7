package io.larder.runtime.model;

/** How something that caches share behind memory is at one moment. */
public interface BackendState {

  /** Whether it can be used. */
  Health health();

  /** A sentence for an operator; empty if there is nothing to say. */
  String reason();

  /** When it became so, as {@code System.currentTimeMillis}. */
  long sinceMillis();
}
