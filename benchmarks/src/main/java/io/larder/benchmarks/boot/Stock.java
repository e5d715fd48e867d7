package io.larder.benchmarks.boot;

import io.larder.Cached;
import org.springframework.stereotype.Service;

/** How many pieces of a product there are. */
@Service
public class Stock {

  /** The pieces in all warehouses together. */
  public int pieces(long id) {
    return piecesIn(id, "north") + piecesIn(id, "south");
  }

  @Cached(maximumEntries = 1_000)
  private int piecesIn(long id, String warehouse) {
    return (int) (id * 17 % 100) + warehouse.length();
  }
}
