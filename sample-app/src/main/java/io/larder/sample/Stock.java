package io.larder.sample;

import io.larder.Cached;
import java.util.List;

/** What is in the warehouses. */
final class Stock {

  private static final String IN_REGION =
      """
      SELECT w.city, s.quantity - s.reserved, w.transit_days
      FROM stock s JOIN warehouse w ON w.id = s.warehouse_id
      WHERE s.product_id = ? AND w.region = ? AND s.quantity > s.reserved
      ORDER BY w.transit_days, w.city""";

  private static final String SELLABLE =
      "SELECT COALESCE(SUM(quantity - reserved), 0) FROM stock WHERE product_id = ?";

  private final Database database;

  Stock(Database database) {
    this.database = database;
  }

  /** A few seconds old will do for "in stock near you". */
  @Cached(name = "stock.in-region", ttl = "15s", maximumEntries = 20_000)
  List<StockLevel> inRegion(long productId, Region region) {
    return database.query(
        IN_REGION,
        row -> new StockLevel(row.getString(1), row.getInt(2), row.getInt(3)),
        productId,
        region.name());
  }

  /** How many can be sold right now. Not cached: the shop must not sell what it does not have. */
  int sellable(long productId) {
    return database.query(SELLABLE, row -> row.getInt(1), productId).get(0);
  }
}
