package io.larder.sample;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;

/**
 * Which page a visitor wants to see.
 *
 * @param currency in which prices are shown
 * @param region where a parcel would go
 */
public record PageRequest(long productId, Currency currency, Region region) {

  private static final String PATH = "/product/";

  /**
   * Reads {@code /product/4711?currency=EUR&region=NORTH}. What the query does not name is euro and
   * north.
   *
   * @throws IllegalArgumentException saying what is wrong and what is right
   */
  static PageRequest parse(URI uri) {
    Currency currency = Currency.EUR;
    Region region = Region.NORTH;
    String query = uri.getQuery();
    if (query != null) {
      for (String parameter : query.split("&", -1)) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        switch (name) {
          case "currency" -> currency = choice(name, value, Currency.class);
          case "region" -> region = choice(name, value, Region.class);
          default ->
              throw new IllegalArgumentException(
                  "unknown parameter \"%s\"; known: currency, region".formatted(name));
        }
      }
    }
    return new PageRequest(productId(uri.getPath().substring(PATH.length())), currency, region);
  }

  /** The path and query that {@link #parse} reads. */
  public String toPath() {
    return PATH + productId + "?currency=" + currency + "&region=" + region;
  }

  private static long productId(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "product must be a number: \"%s\" (as in /product/4711)".formatted(text), notANumber);
    }
  }

  private static <E extends Enum<E>> E choice(String name, String value, Class<E> type) {
    try {
      return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          "unknown %s \"%s\"; known: %s"
              .formatted(name, value, Arrays.toString(type.getEnumConstants())),
          unknown);
    }
  }
}
