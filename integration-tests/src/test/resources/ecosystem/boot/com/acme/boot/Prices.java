package com.acme.boot;

import io.larder.Cached;
import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Service;

/** A service behind Spring's proxy whose private method is cached, which no proxy can do. */
@Service
public class Prices {

  static final AtomicInteger BODIES = new AtomicInteger();

  public BigDecimal total(long product, int pieces) {
    return price(product).multiply(BigDecimal.valueOf(pieces));
  }

  @Cached
  private BigDecimal price(long product) {
    BODIES.incrementAndGet();
    return BigDecimal.valueOf(product * 100, 2);
  }
}
