package io.larder.runtime.model;

/**
 * What a tier holds at one moment.
 *
 * @param entries how many entries; may count some that expired and were not yet dropped; -1 when
 *     the tier cannot know
 * @param bytes their estimated size; -1 when it is not estimated
 * @param evictions entries dropped to keep within the bounds, since the tier was made
 * @param expiries entries dropped because their time to live had passed, since the tier was made
 */
public record TierStatistics(long entries, long bytes, long evictions, long expiries) {}
