package io.larder.runtime.disk;

import io.larder.runtime.model.Latencies;

/**
 * What there is on disk at one moment, and what was counted since the start. Point in time.
 *
 * @param place the directory that this JVM has for itself; empty if it has none
 * @param fileBytes of all files in it
 * @param maximumBytes the bound
 * @param freeBytes that the file system has left; -1 if not known
 * @param segments files that hold entries
 * @param entries that are indexed, some of which may have expired or been invalidated
 * @param liveBytes of the newest record of each key
 * @param garbageBytes of records that newer ones replaced
 * @param tombstones invalidations that are remembered because entries may depend on them
 * @param evictions entries that were dropped with the oldest segments
 * @param secondChances entries that were kept when their segment was dropped, as they were in use
 * @param damaged records that were not what was stored
 * @param openMillis how long it took to open the files; -1 while that is not done
 * @param salvagedEntries found again after an end that was not clean
 * @param salvage what became of the files of the JVM before, for people
 * @param lastCleanCloseMillis when a JVM last closed the files, as {@code
 *     System.currentTimeMillis}; 0 if that is not known
 * @param openings how often the files were opened
 * @param readP50Nanos half of the looks were faster
 * @param readP99Nanos all but one of a hundred were faster
 * @param writeP50Nanos half of the puts were faster
 * @param writeP99Nanos all but one of a hundred were faster
 */
public record DiskFigures(
    String place,
    long fileBytes,
    long maximumBytes,
    long freeBytes,
    int segments,
    long entries,
    long liveBytes,
    long garbageBytes,
    long tombstones,
    long evictions,
    long secondChances,
    long damaged,
    long openMillis,
    long salvagedEntries,
    String salvage,
    long lastCleanCloseMillis,
    int openings,
    long readP50Nanos,
    long readP99Nanos,
    long writeP50Nanos,
    long writeP99Nanos)
    implements Latencies {

  /** The share of the bytes of records that newer ones replaced, from 0 to 1. */
  public double fragmentation() {
    long all = liveBytes + garbageBytes;
    return all == 0 ? 0 : (double) garbageBytes / all;
  }
}
