package io.larder.runtime.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said about caches outside of annotations and JMX. */
public interface PolicySource {

  /** Says nothing. */
  PolicySource NONE =
      new PolicySource() {
        @Override
        public List<Layer> aboveAnnotations(String cacheName) {
          return List.of();
        }

        @Override
        public List<Layer> belowAnnotations() {
          return List.of();
        }

        @Override
        public @Nullable Boolean enabled(String cacheName) {
          return null;
        }

        @Override
        public RedisOptions redis() {
          return RedisOptions.NONE;
        }

        @Override
        public DiskOptions disk() {
          return DiskOptions.NONE;
        }
      };

  /**
   * Some settings and who made them.
   *
   * @param origin as an operator reads it: {@code larder.yaml:12}
   * @param settings what is set
   */
  record Layer(String origin, PolicySettings settings) {}

  /** What overrules the annotations of a cache's methods, strongest first. */
  List<Layer> aboveAnnotations(String cacheName);

  /** What holds where they say nothing, strongest first. */
  List<Layer> belowAnnotations();

  /** Whether a cache is on; {@code null} when nothing is said. */
  @Nullable Boolean enabled(String cacheName);

  /** How Redis is reached, of all that is said the strongest. */
  RedisOptions redis();

  /** What is kept on disk, of all that is said the strongest. */
  DiskOptions disk();
}
