package io.larder.sample;

import io.larder.Cached;
import java.util.List;

/** What customers say. */
final class Reviews {

  private static final String RATING =
      """
      SELECT SUM(CASE WHEN r.rating = 1 THEN 1 ELSE 0 END),
        SUM(CASE WHEN r.rating = 2 THEN 1 ELSE 0 END),
        SUM(CASE WHEN r.rating = 3 THEN 1 ELSE 0 END),
        SUM(CASE WHEN r.rating = 4 THEN 1 ELSE 0 END),
        SUM(CASE WHEN r.rating = 5 THEN 1 ELSE 0 END),
        COUNT(*), ROUND(10 * AVG(CAST(r.rating AS DOUBLE))), COUNT(DISTINCT c.city)
      FROM review r JOIN customer c ON c.id = r.customer_id
      WHERE r.product_id = ?""";

  private static final String MOST_HELPFUL =
      """
      SELECT r.title, r.rating, r.helpful, c.name, c.city
      FROM review r JOIN customer c ON c.id = r.customer_id
      WHERE r.product_id = ?
      ORDER BY r.helpful DESC, r.day_number DESC, r.id
      LIMIT 5""";

  private final Database database;

  Reviews(Database database) {
    this.database = database;
  }

  /**
   * @param rating what all think
   * @param mostHelpful what some wrote
   */
  record Digest(Rating rating, List<Review> mostHelpful) {}

  Digest digest(long productId) {
    return new Digest(rating(productId), mostHelpful(productId));
  }

  /** Private and called by a method of its own class: a proxy would not see this call. */
  @Cached(name = "reviews.rating", ttl = "5m", maximumEntries = 20_000)
  private Rating rating(long productId) {
    return database
        .query(
            RATING,
            row ->
                new Rating(
                    List.of(
                        row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getInt(5)),
                    row.getInt(6),
                    row.getInt(7),
                    row.getInt(8)),
            productId)
        .get(0);
  }

  @Cached(name = "reviews.most-helpful", ttl = "5m", maximumEntries = 20_000)
  private List<Review> mostHelpful(long productId) {
    return database.query(
        MOST_HELPFUL,
        row ->
            new Review(
                row.getString(1), row.getInt(2), row.getInt(3), row.getString(4), row.getString(5)),
        productId);
  }
}
