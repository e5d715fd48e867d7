package io.larder.it.apps.loaders;

import io.larder.Cached;
import io.larder.Larder;
import java.util.function.Function;

/** What a web application is made of; each of its class loaders has this class of its own. */
public final class Shop implements Function<String, String> {

  private int bodies;

  @Override
  public String apply(String product) {
    return price(product).text
        + " "
        + staticPrice(product).text
        + " bodies "
        + bodies
        + " "
        + Larder.cacheNames();
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
