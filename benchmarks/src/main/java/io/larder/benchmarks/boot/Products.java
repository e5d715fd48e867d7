package io.larder.benchmarks.boot;

import io.larder.Cached;
import org.springframework.stereotype.Service;

/** The names of products. */
@Service
public class Products {

  /** The name of a product. */
  @Cached
  public String name(long id) {
    return "product " + id;
  }
}
