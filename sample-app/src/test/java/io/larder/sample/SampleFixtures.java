package io.larder.sample;

import io.larder.sample.data.Catalogue;
import io.larder.sample.data.CatalogueSize;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A shop small enough for a test. */
public final class SampleFixtures {

  /** Two products in most categories. */
  public static final CatalogueSize SMALL =
      new CatalogueSize(
          /* products= */ 240,
          /* reviewsPerProduct= */ 4,
          /* priceDays= */ 35,
          /* warehouses= */ 8,
          /* customers= */ 100,
          /* orders= */ 400);

  private static final AtomicInteger names = new AtomicInteger();

  private SampleFixtures() {}

  /** A database in memory that goes when it is closed. */
  public static Database database() throws SQLException {
    String url = "jdbc:h2:mem:shop" + names.incrementAndGet();
    Connection connection = DriverManager.getConnection(url);
    Catalogue.write(connection, SMALL);
    Database database = Database.open(url);
    database.query("SELECT 1", row -> row.getInt(1)); // the pool now keeps it alive
    connection.close();
    return database;
  }
}
