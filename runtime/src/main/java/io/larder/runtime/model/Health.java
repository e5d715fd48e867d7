package io.larder.runtime.model;

/** Whether a tier can be used. */
public enum Health {
  /** Reads and writes work. */
  UP,
  /** Some operations fail or are too slow. */
  DEGRADED,
  /** The tier is left out of reads and writes. */
  DOWN,
  /** Switched off by configuration or by an operator. */
  OFF
}
