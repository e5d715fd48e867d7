package io.larder.runtime.management;

import io.larder.runtime.behind.WriteBehindStatistics;
import io.larder.runtime.disk.DiskStore;
import io.larder.runtime.disk.DiskTierStatistics;
import io.larder.runtime.disk.WarmStartFigures;
import org.jspecify.annotations.Nullable;

/** What is kept on disk, as it is shown. Thread-safe. */
public interface DiskView {

  /** What all caches share. */
  DiskStore store();

  /** What a cache did with it. */
  DiskTierStatistics statistics(String cache);

  /** What was decided about a cache without asking the disk. */
  Decisions decisions(String cache);

  /** What was read ahead. */
  WarmStartFigures warmStart();

  /** What waits to be written, for all caches. */
  WriteBehindStatistics writeBehind();

  /**
   * What was decided without asking the disk.
   *
   * @param skipped looks that were left out, because to load is quicker
   * @param leftOut looks that were left out, because the disk could not answer or was not in step
   *     with other JVMs
   * @param whyLocal why results of a call did not go there, without keys or values; {@code null} if
   *     all did
   */
  record Decisions(long skipped, long leftOut, @Nullable String whyLocal) {}
}
