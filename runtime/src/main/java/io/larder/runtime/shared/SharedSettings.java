package io.larder.runtime.shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;

/**
 * How the JVMs that share a Redis go about it. All of a namespace should have the same.
 *
 * @param namespace in front of all keys; who shares it shares everything
 * @param longestTtl of entries; for those of a cache without a time to live as well
 * @param longestLoad what took longer to compute is not shared, as by then nothing may be left that
 *     tells of an invalidation meanwhile
 * @param beat how often it is looked whether anything was missed
 * @param silence after so long without proof that nothing was missed, all is in doubt
 * @param retry how long to wait before Redis is asked again after it failed
 */
public record SharedSettings(
    String namespace,
    Duration longestTtl,
    Duration longestLoad,
    Duration beat,
    Duration silence,
    Duration retry) {

  /** The namespace if none is given. */
  public static final String NAMESPACE = "larder";

  /** Checks them. */
  public SharedSettings {
    if (namespace.isEmpty() || !namespace.matches("[A-Za-z0-9_.:-]+")) {
      throw new IllegalArgumentException(
          "the key prefix must be of letters, digits and _ . : - only: \"" + namespace + "\"");
    }
    if (silence.compareTo(beat.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "the silence that raises doubt must be at least two beats of "
              + beat.toMillis()
              + " ms: "
              + silence.toMillis()
              + " ms");
    }
  }

  /** The defaults. */
  public static SharedSettings of(String namespace) {
    return new SharedSettings(
        namespace,
        /* longestTtl= */ Duration.ofHours(24),
        /* longestLoad= */ Duration.ofMinutes(5),
        /* beat= */ Duration.ofMillis(500),
        /* silence= */ Duration.ofSeconds(2),
        /* retry= */ Duration.ofMillis(100));
  }

  /**
   * What the keys of all entries begin with: to be tracked by the subscription, if what others than
   * Larder delete is to be forgotten in memory too.
   */
  public byte[] trackedPrefix() {
    return new SharedKeys(namespace).entryPrefix().getBytes(UTF_8);
  }

  /** How long Redis remembers the invalidation of a key: twice the longest load that is shared. */
  Duration tombstone() {
    return longestLoad.multipliedBy(2);
  }
}
