package io.larder.benchmarks.boot;

import io.larder.Cached;
import java.math.BigDecimal;
import org.springframework.stereotype.Service;

/** The prices of products. */
@Service
public class Prices {

  /** The price of a product in a currency. */
  @Cached(ttl = "30s")
  public BigDecimal price(long id, String currency) {
    return BigDecimal.valueOf(id * 31 % 10_000 + currency.length(), 2);
  }
}
