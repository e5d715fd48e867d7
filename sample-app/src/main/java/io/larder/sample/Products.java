package io.larder.sample;

import io.larder.Cached;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The goods of the shop. */
final class Products {

  private static final String FIND =
      """
      SELECT p.id, p.sku, p.name, p.description, b.name, c.id, c.name, d.id, d.name, p.weight_grams
      FROM product p
      JOIN brand b ON b.id = p.brand_id
      JOIN category c ON c.id = p.category_id
      JOIN department d ON d.id = c.department_id
      WHERE p.id = ?""";

  private final Database database;

  Products(Database database) {
    this.database = database;
  }

  Optional<Product> find(long productId) {
    return Optional.ofNullable(details(productId));
  }

  /** Rarely edited. That a product does not exist is remembered too. */
  @Cached(name = "product.details", ttl = "10m", maximumEntries = 20_000)
  private @Nullable Product details(long productId) {
    List<Product> found =
        database.query(
            FIND,
            row ->
                new Product(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getInt(6),
                    row.getString(7),
                    row.getInt(8),
                    row.getString(9),
                    row.getInt(10)),
            productId);
    return found.isEmpty() ? null : found.get(0);
  }
}
