package io.larder.it.apps.docs;

import io.larder.CacheStatistics;
import io.larder.Larder;

public class PriceAdmin {
  /** The arguments are those that make the key, in their order. */
  public long priceChanged(long product, String currency) {
    return Larder.invalidate("prices", product, currency);
  }

  public long pricesImported() {
    return Larder.invalidateCache("prices");
  }

  public long everythingChanged() {
    return Larder.invalidateAll();
  }

  public double hitRatio() {
    return Larder.statistics("prices").map(CacheStatistics::hitRatio).orElse(Double.NaN);
  }
}
