package io.larder.it.apps.loaders;

import io.larder.Cached;
import io.larder.Larder;
import java.util.function.Function;

/** What a web application is made of; each of its class loaders has this class of its own. */
public final class Shop implements Function<String, String> {

  /** Threads that are started meanwhile inherit it, unless whoever starts them takes care. */
  private static final InheritableThreadLocal<Shop> CURRENT = new InheritableThreadLocal<>();

  private int bodies;

  @Override
  public String apply(String product) {
    if (product.startsWith("forget ")) {
      return "forgotten " + Larder.invalidate("shop.price", product.substring("forget ".length()));
    }
    CURRENT.set(this);
    try {
      return price(product).text
          + " "
          + staticPrice(product).text
          + " bodies "
          + bodies
          + " "
          + Larder.cacheNames();
    } finally {
      CURRENT.remove();
    }
  }

  /** A value of a class of the application, as they mostly are. */
  @Cached(name = "shop.price")
  private Price price(String product) {
    bodies++;
    return new Price(product + "@" + System.identityHashCode(getClass().getClassLoader()));
  }

  @Cached(name = "shop.static-price")
  private static Price staticPrice(String product) {
    return new Price(product + "@" + System.identityHashCode(Shop.class.getClassLoader()));
  }

  private static final class Price {
    private final String text;

    Price(String text) {
      this.text = text;
    }
  }
}
