package io.larder.runtime;

import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CachedCall;
import io.larder.runtime.coordinator.SlowTiers;
import org.jspecify.annotations.Nullable;

/**
 * What one woven method does. Counts are those of its cache, which other methods may share.
 *
 * @param id as in {@code com.acme.PriceDao.find(J)Ljava/lang/String;}
 * @param cacheName its cache
 * @param serving whether its calls are answered from the cache
 * @param hits calls that were
 * @param misses calls that found nothing
 * @param puts results that were stored
 * @param entries results that are there now
 * @param dropped results that were evicted, expired or invalidated
 * @param savedMillis what the hits saved
 * @param identityClass a class of arguments that are equal to nothing but themselves; {@code null}
 *     when none was seen
 * @param whyLocal why its results stay in this JVM although they were to be shared; {@code null}
 *     when they do not
 * @param offered results that were to be stored in a tier that several JVMs share
 * @param notStorable those of them that could not be, as they have no bytes
 * @param whyNotStorable why the last of them has none; {@code null} if all have
 */
public record CallReport(
    String id,
    String cacheName,
    boolean serving,
    long hits,
    long misses,
    long puts,
    long entries,
    long dropped,
    long savedMillis,
    @Nullable String identityClass,
    @Nullable String whyLocal,
    long offered,
    long notStorable,
    @Nullable String whyNotStorable) {

  private static final SlowTiers.Refusals NOT_SHARED =
      new SlowTiers.Refusals(0, 0, /* reason= */ null);

  static CallReport of(Cache cache, CachedCall call) {
    var counters = cache.counters();
    SlowTiers tiers = cache.slowTiers();
    SlowTiers.Refusals refusals = tiers == null ? NOT_SHARED : tiers.refusals(cache.name());
    var held = cache.memory().statistics();
    Class<?> identity = call.identityArgument();
    return new CallReport(
        call.id(),
        cache.name(),
        cache.isServing(),
        counters.hits(),
        counters.misses(),
        counters.calls.puts(),
        held.entries(),
        held.evictions() + held.expiries() + counters.invalidations.sum(),
        counters.savedNanos() / 1_000_000,
        identity == null ? null : identity.getName(),
        call.whyLocal(),
        refusals.offered(),
        refusals.notStorable(),
        refusals.reason());
  }
}
