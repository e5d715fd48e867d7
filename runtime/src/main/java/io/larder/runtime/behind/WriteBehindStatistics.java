package io.larder.runtime.behind;

/**
 * What waits to be written, and what became of the rest since the start.
 *
 * @param queued entries that wait: what a crash would lose
 * @param oldestQueuedNanos how long the first of them has waited; 0 if none does
 * @param written entries that were handed to their tier
 * @param coalesced entries that a newer one of the same key replaced before they were written
 * @param dropped entries that found the queue full, of entries or of bytes, or were left when it
 *     closed
 */
public record WriteBehindStatistics(
    int queued, long oldestQueuedNanos, long written, long coalesced, long dropped) {}
