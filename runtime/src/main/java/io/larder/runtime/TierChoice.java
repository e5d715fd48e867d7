package io.larder.runtime;

import java.util.List;

/**
 * Which slow tiers a cache has where there are two, and which first.
 *
 * @param hasRedis whether Redis is one of them
 * @param hasDisk whether the disk is
 * @param isDiskFirst whether the disk is asked before Redis
 */
record TierChoice(boolean hasRedis, boolean hasDisk, boolean isDiskFirst) {

  /** By the names of the tiers, in that order. */
  static TierChoice of(List<String> names) {
    int ofRedis = names.indexOf("redis");
    int ofDisk = names.indexOf("disk");
    return new TierChoice(ofRedis >= 0, ofDisk >= 0, ofDisk >= 0 && ofDisk < ofRedis);
  }
}
