package io.larder.sample;

import io.larder.Cached;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** What else a customer may like. */
final class Recommendations {

  private static final String ALSO_BOUGHT =
      """
      SELECT p.id, p.name, b.together
      FROM (
        SELECT other.product_id, COUNT(*) together
        FROM (
          SELECT order_id FROM order_line WHERE product_id = ?
          ORDER BY product_id DESC, order_id DESC LIMIT 120
        ) mine
        JOIN order_line other ON other.order_id = mine.order_id
        WHERE other.product_id <> ?
        GROUP BY other.product_id
        ORDER BY together DESC, other.product_id
        LIMIT 6
      ) b
      JOIN product p ON p.id = b.product_id
      ORDER BY b.together DESC, p.id""";

  private static final String SIMILAR =
      """
      SELECT s.id, s.name, ROUND(10 * AVG(CAST(r.rating AS DOUBLE))) tenths
      FROM (
        SELECT o.id, o.name
        FROM product p JOIN product o ON o.category_id = p.category_id AND o.id <> p.id
        WHERE p.id = ?
        ORDER BY ABS(o.list_cents - p.list_cents), o.id
        LIMIT 12
      ) s
      JOIN review r ON r.product_id = s.id
      GROUP BY s.id, s.name
      ORDER BY tenths DESC, s.id
      LIMIT 6""";

  private static final String BESTSELLERS =
      """
      SELECT p.id, p.name, SUM(w.units) sold
      FROM product p JOIN weekly_sales w ON w.product_id = p.id
      WHERE p.category_id = ? AND w.week_number >= 22
      GROUP BY p.id, p.name
      ORDER BY sold DESC, p.id
      LIMIT 5""";

  private final Database database;

  Recommendations(Database database) {
    this.database = database;
  }

  /** From the last 120 orders with this product. Costly, so the most wanted ones are kept. */
  @Cached(name = "recommendations.also-bought", ttl = "30m", maximumEntries = 3_000)
  List<Teaser> alsoBought(long productId) {
    return database.query(ALSO_BOUGHT, Recommendations::teaser, productId, productId);
  }

  /** The best rated of those that cost about as much. */
  @Cached(name = "recommendations.similar", ttl = "30m", maximumEntries = 20_000)
  List<Teaser> similar(long productId) {
    return database.query(SIMILAR, Recommendations::teaser, productId);
  }

  /** One of a hundred categories, and the same for everybody who looks into it. */
  @Cached(name = "category.bestsellers", ttl = "10m")
  List<Teaser> bestsellers(int categoryId) {
    return database.query(BESTSELLERS, Recommendations::teaser, categoryId);
  }

  private static Teaser teaser(ResultSet row) throws SQLException {
    return new Teaser(row.getLong(1), row.getString(2), row.getInt(3));
  }
}
