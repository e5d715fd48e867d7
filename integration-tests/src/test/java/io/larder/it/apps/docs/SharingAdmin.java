package io.larder.it.apps.docs;

import io.larder.Larder;
import io.larder.TierStatistics;
import io.larder.TierStatus;

public class SharingAdmin {
  /** Such as {@code DOWN since 2026-11-26T10:15:30Z: refuses connections}. */
  public String status() {
    return Larder.tierStatus("redis").map(TierStatus::toString).orElse("not used");
  }

  /** Asks Redis now: {@code Redis at ... answered within 0.2 ms.} */
  public String check() {
    return Larder.checkTier("redis").orElse("not used");
  }

  /** Looks of this JVM at Redis that found a result of another. */
  public long savedByOthers() {
    return Larder.tierStatistics("redis", "products").map(TierStatistics::hitCount).orElse(0L);
  }

  /** Until it is on again, every result stays in this JVM. */
  public boolean withoutRedis() {
    return Larder.setTierEnabled("redis", false);
  }
}
