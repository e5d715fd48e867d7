package io.larder.runtime.management;

import java.util.List;

/** What a cache counts, as its MBean shows it: numbers that never go back. */
final class CacheCountAttributes {

  private CacheCountAttributes() {}

  static List<AttributeDefinition<CacheSnapshot>> all() {
    return List.of(
        AttributeDefinition.count("HitCount", "Calls answered from the cache", CacheSnapshot::hits),
        AttributeDefinition.count(
            "MissCount", "Calls that found nothing in the cache", CacheSnapshot::misses),
        AttributeDefinition.count(
            "LoadCount", "Runs of the method to fill the cache", CacheSnapshot::loads),
        AttributeDefinition.count(
            "LoadFailureCount", "Such runs that threw", CacheSnapshot::loadFailures),
        AttributeDefinition.count(
            "PutCount", "Results of runs that were stored", CacheSnapshot::puts),
        AttributeDefinition.count(
            "UpdateCount",
            "Results that methods put, which are not cached themselves",
            CacheSnapshot::updates),
        AttributeDefinition.count(
            "EvictionCount",
            "Entries dropped to keep within the bounds",
            snapshot -> snapshot.memory().evictions()),
        AttributeDefinition.count(
            "ExpiryCount",
            "Entries dropped because their time to live had passed",
            snapshot -> snapshot.memory().expiries()),
        AttributeDefinition.count(
            "InvalidationCount",
            "Entries forgotten on request; those of a tag count when they are asked for again",
            CacheSnapshot::invalidations),
        AttributeDefinition.count(
            "TagInvalidationCount",
            "Requests to forget what has a tag that was known",
            CacheSnapshot::tagInvalidations),
        AttributeDefinition.count(
            "CoalescedCount",
            "Calls that got the outcome of another thread's run, or what it found in Redis, instead of"
                + " running too",
            CacheSnapshot::coalesced),
        AttributeDefinition.count(
            "RefreshCount",
            "Runs of the method in the background to replace an old entry; part of LoadCount",
            CacheSnapshot::refreshes),
        AttributeDefinition.count(
            "RefreshFailureCount",
            "Refreshes that failed; the old entry is served until its time to live has passed",
            CacheSnapshot::refreshFailures),
        AttributeDefinition.count(
            "RefreshSharedCount",
            "Old entries that were replaced by what another JVM had loaded",
            CacheSnapshot::refreshesShared),
        AttributeDefinition.count(
            "RefreshDroppedCount",
            "Refreshes that were put off because too many others waited",
            CacheSnapshot::refreshesDropped),
        AttributeDefinition.count(
            "UncachedCount",
            "Calls that ran the method without storing: recursion, or waiting that would not end",
            CacheSnapshot::uncached),
        AttributeDefinition.count(
            "ProblemCount",
            "Calls that ran uncached because Larder or an argument's equals or hashCode failed",
            CacheSnapshot::problems));
  }
}
