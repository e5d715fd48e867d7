package io.larder.runtime.config;

import io.larder.runtime.policy.DiskOptions;
import io.larder.runtime.policy.DiskSetting;
import io.larder.runtime.policy.RedisOptions;
import io.larder.runtime.policy.RedisSetting;
import java.util.Map;

/** Finds what is wrong with sections of the file beyond how they are written. */
public interface SectionObjections {

  /** Finds nothing. */
  SectionObjections NONE = new SectionObjections() {};

  /** What is wrong with the settings of the disk, by setting; empty if nothing is. */
  default Map<DiskSetting, String> disk(DiskOptions options) {
    return Map.of();
  }

  /** What is wrong with the settings of Redis, by setting; empty if nothing is. */
  default Map<RedisSetting, String> redis(RedisOptions options) {
    return Map.of();
  }
}
