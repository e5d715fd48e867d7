package com.acme.boot;

import io.larder.Cached;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Service;

/** A service with a cached public method. */
@Service
public class Catalogue {

  static final AtomicInteger BODIES = new AtomicInteger();

  @Cached
  public String name(long product) {
    BODIES.incrementAndGet();
    return "product " + product;
  }
}
