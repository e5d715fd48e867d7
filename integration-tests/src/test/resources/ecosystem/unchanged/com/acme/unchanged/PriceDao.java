package com.acme.unchanged;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A DAO as it was before anybody thought of a cache. */
final class PriceDao {

  private final Connection database;

  PriceDao(Connection database) {
    this.database = database;
  }

  BigDecimal find(long product, String currency) throws SQLException {
    try (PreparedStatement query =
        database.prepareStatement("select amount from price where product = ? and currency = ?")) {
      query.setLong(1, product);
      query.setString(2, currency);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getBigDecimal(1) : null;
      }
    }
  }

  void save(long product, String currency, BigDecimal amount) throws SQLException {
    try (PreparedStatement merge =
        database.prepareStatement("merge into price key (product, currency) values (?, ?, ?)")) {
      merge.setLong(1, product);
      merge.setString(2, currency);
      merge.setBigDecimal(3, amount);
      merge.executeUpdate();
    }
  }
}
