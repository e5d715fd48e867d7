package io.larder.sample;

import io.larder.CacheIgnore;
import io.larder.Cached;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What things cost. */
final class Prices {

  private static final String QUOTE =
      """
      SELECT recent.now_cents, recent.lowest_cents, x.rate
      FROM (
        SELECT MAX(CASE WHEN place = 1 THEN cents END) now_cents, MIN(cents) lowest_cents
        FROM (
          SELECT cents, ROW_NUMBER() OVER (ORDER BY day_number DESC) place
          FROM price WHERE product_id = ?
        ) WHERE place <= 30
      ) recent, (
        SELECT rate FROM exchange_rate WHERE currency = ? ORDER BY day_number DESC LIMIT 1
      ) x""";

  private Prices() {}

  /**
   * The price in a currency. A static method like any other; the database is the same for all
   * calls, so that it is no part of the key.
   */
  @Cached(name = "price.quote", ttl = "1m", maximumEntries = 20_000)
  static Price quote(@CacheIgnore Database database, long productId, Currency currency) {
    return database
        .query(
            QUOTE,
            row -> {
              BigDecimal rate = row.getBigDecimal(3);
              return new Price(
                  inCurrency(row.getLong(1), rate), inCurrency(row.getLong(2), rate), currency);
            },
            productId,
            currency.name())
        .get(0);
  }

  private static BigDecimal inCurrency(long cents, BigDecimal rate) {
    return BigDecimal.valueOf(cents, 2).multiply(rate).setScale(2, RoundingMode.HALF_UP);
  }
}
