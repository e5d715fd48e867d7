package io.larder.runtime;

import io.larder.runtime.config.SectionObjections;
import io.larder.runtime.policy.DiskOptions;
import io.larder.runtime.policy.DiskSetting;
import io.larder.runtime.policy.RedisOptions;
import io.larder.runtime.policy.RedisSetting;
import java.util.Map;

/** Looks whether what a file says of Redis and of the disk fits this machine. Stateless. */
public final class SectionChecks implements SectionObjections {

  @Override
  public Map<DiskSetting, String> disk(DiskOptions options) {
    return DiskSectionCheck.objections(options);
  }

  @Override
  public Map<RedisSetting, String> redis(RedisOptions options) {
    return RedisSectionCheck.objections(options);
  }
}
