package io.larder.sample.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables of the shop. */
final class Schema {

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE department (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL)",
          "CREATE TABLE category (id INT PRIMARY KEY, department_id INT NOT NULL,"
              + " name VARCHAR(40) NOT NULL)",
          "CREATE TABLE brand (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL)",
          "CREATE TABLE product (id BIGINT PRIMARY KEY, sku VARCHAR(12) NOT NULL,"
              + " name VARCHAR(80) NOT NULL, description VARCHAR(400) NOT NULL,"
              + " brand_id INT NOT NULL, category_id INT NOT NULL, list_cents INT NOT NULL,"
              + " weight_grams INT NOT NULL)",
          "CREATE TABLE price (id BIGINT PRIMARY KEY, product_id BIGINT NOT NULL,"
              + " day_number INT NOT NULL, cents INT NOT NULL)",
          "CREATE TABLE exchange_rate (id INT PRIMARY KEY, currency CHAR(3) NOT NULL,"
              + " day_number INT NOT NULL, rate NUMERIC(10, 6) NOT NULL)",
          "CREATE TABLE customer (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL,"
              + " city VARCHAR(40) NOT NULL)",
          "CREATE TABLE review (id BIGINT PRIMARY KEY, product_id BIGINT NOT NULL,"
              + " customer_id INT NOT NULL, rating INT NOT NULL, helpful INT NOT NULL,"
              + " day_number INT NOT NULL, title VARCHAR(60) NOT NULL)",
          "CREATE TABLE warehouse (id INT PRIMARY KEY, region VARCHAR(8) NOT NULL,"
              + " city VARCHAR(40) NOT NULL, transit_days INT NOT NULL)",
          "CREATE TABLE stock (id BIGINT PRIMARY KEY, product_id BIGINT NOT NULL,"
              + " warehouse_id INT NOT NULL, quantity INT NOT NULL, reserved INT NOT NULL)",
          "CREATE TABLE order_line (id BIGINT PRIMARY KEY, order_id INT NOT NULL,"
              + " product_id BIGINT NOT NULL)",
          "CREATE TABLE weekly_sales (id BIGINT PRIMARY KEY, product_id BIGINT NOT NULL,"
              + " week_number INT NOT NULL, units INT NOT NULL)");

  private static final List<String> INDEXES =
      List.of(
          "CREATE INDEX category_department ON category (department_id)",
          "CREATE INDEX product_category ON product (category_id)",
          "CREATE INDEX price_product ON price (product_id, day_number)",
          "CREATE INDEX rate_currency ON exchange_rate (currency, day_number)",
          "CREATE INDEX review_product ON review (product_id)",
          "CREATE INDEX stock_product ON stock (product_id)",
          "CREATE INDEX line_product ON order_line (product_id, order_id)",
          "CREATE INDEX line_order ON order_line (order_id, product_id)",
          "CREATE INDEX sales_product ON weekly_sales (product_id, week_number)",
          "ANALYZE");

  private Schema() {}

  static void createTables(Connection connection) throws SQLException {
    execute(connection, TABLES);
  }

  /** After the rows are in: that takes half the time. */
  static void createIndexes(Connection connection) throws SQLException {
    execute(connection, INDEXES);
  }

  private static void execute(Connection connection, List<String> commands) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    }
    connection.commit();
  }
}
