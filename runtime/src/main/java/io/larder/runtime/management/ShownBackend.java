package io.larder.runtime.management;

import io.larder.runtime.behind.WriteBehindStatistics;
import io.larder.runtime.model.BackendState;
import io.larder.runtime.model.TierFigures;
import java.util.List;
import java.util.function.Supplier;

/**
 * What several caches share behind memory, as it is shown, switched and watched over: what tells
 * one such thing from another. {@link BackendMBean} and {@link TierMBean} add what is the same.
 */
interface ShownBackend {

  /** As in {@code redis}, among the tiers of a cache. */
  String name();

  /** As in "the disk". */
  String title();

  /** As in "on disk". */
  String place();

  /** How it is now. */
  BackendState state();

  /** Switches it. */
  void setEnabled(boolean enabled);

  /** Tries whether it works, and says what came back. */
  String check();

  /** What its MBean shows beside how it is. */
  Shown<?> own();

  /** What its MBean does beside {@link #check}. */
  default List<OperationDefinition> ownOperations() {
    return List.of();
  }

  /** Why a look may find nothing. */
  List<? extends Enum<?>> missReasons();

  /** What a cache did with it, and what the cache's MBean shows of that beside what all do. */
  Shown<? extends TierReading> tierOf(String cache);

  /**
   * Attributes, and what they are read from.
   *
   * @param <T> what is read once for all of them
   * @param readings reads it
   */
  record Shown<T>(Supplier<T> readings, List<AttributeDefinition<T>> attributes) {}

  /** What a cache did with a tier, read at one moment. */
  interface TierReading {

    /** How the tier is for this cache. */
    BackendState state();

    /** What it counted. */
    TierFigures figures();

    /** What waits to be written, for all caches. */
    WriteBehindStatistics behind();
  }
}
