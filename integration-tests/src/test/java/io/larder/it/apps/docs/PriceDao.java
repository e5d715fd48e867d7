package io.larder.it.apps.docs;

import io.larder.Cached;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

public class PriceDao {
  private static final String SQL = "select amount from price where product = ? and currency = ?";

  private final DataSource database;

  public PriceDao(DataSource database) {
    this.database = database;
  }

  @Cached(name = "prices", ttl = "30s", maximumEntries = 50_000)
  public BigDecimal find(long product, String currency) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(SQL)) {
      query.setLong(1, product);
      query.setString(2, currency);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getBigDecimal("amount") : null;
      }
    }
  }
}
