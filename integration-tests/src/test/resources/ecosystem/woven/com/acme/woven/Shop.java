package com.acme.woven;

import io.larder.Cached;

/** What both agents change. */
public class Shop {

  static int bodies;
  static int advised;

  private int stockBodies;

  @Cached
  public String find(long key) {
    bodies++;
    return "product " + key;
  }

  /** Two results of one method, and a body that leaves in two places. */
  public String stock() {
    return "stock" + privateStock(true) + privateStock(false);
  }

  @Cached
  private long privateStock(boolean all) {
    stockBodies++;
    if (all) {
      return stockBodies;
    }
    try {
      return -stockBodies;
    } finally {
      stockBodies += 10;
    }
  }
}
