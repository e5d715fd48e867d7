package io.larder.it.apps.docs;

import io.larder.CacheIgnore;
import io.larder.CacheKey;
import io.larder.Cached;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The two ways to say which parameters make the key, as docs/caching.md shows them. */
final class Keys {

  private Keys() {}

  // begin: keys
  @Cached
  static BigDecimal price(@CacheKey long product, @CacheKey String currency, Connection connection)
      throws SQLException {
    return amount("price", product, currency, connection);
  }

  @Cached
  static BigDecimal discount(long product, String currency, @CacheIgnore Connection connection)
      throws SQLException {
    return amount("discount", product, currency, connection);
  }

  // end: keys

  private static BigDecimal amount(
      String table, long product, String currency, Connection connection) throws SQLException {
    String sql = "select amount from " + table + " where product = ? and currency = ?";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setLong(1, product);
      query.setString(2, currency);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getBigDecimal("amount") : null;
      }
    }
  }
}
