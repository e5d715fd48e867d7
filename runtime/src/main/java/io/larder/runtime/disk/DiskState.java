package io.larder.runtime.disk;

import io.larder.runtime.model.BackendState;
import io.larder.runtime.model.Health;

/**
 * How the disk tier is at one moment.
 *
 * @param health {@code DEGRADED} while it is being opened, or only reads
 * @param reason a sentence for an operator; empty if there is nothing to say
 * @param sinceMillis when it became so, as {@code System.currentTimeMillis}
 */
public record DiskState(Health health, String reason, long sinceMillis) implements BackendState {

  /** The reason while the files are being opened. */
  public static final String WARMING = "warming";
}
