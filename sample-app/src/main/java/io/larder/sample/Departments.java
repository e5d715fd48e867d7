package io.larder.sample;

import io.larder.Cached;
import java.util.List;

/** The large divisions of the shop. */
final class Departments {

  private static final String BRANDS =
      """
      SELECT b.name, COUNT(*) products, MIN(p.list_cents)
      FROM category c
      JOIN product p ON p.category_id = c.id
      JOIN brand b ON b.id = p.brand_id
      WHERE c.department_id = ?
      GROUP BY b.id, b.name
      ORDER BY products DESC, b.name
      LIMIT 8""";

  private final Database database;

  Departments(Database database) {
    this.database = database;
  }

  /** The links at the side of each page. There are a dozen departments: nearly always a hit. */
  @Cached(name = "department.brands", ttl = "1h", maximumEntries = 100)
  List<BrandShare> brands(int departmentId) {
    return database.query(
        BRANDS,
        row -> new BrandShare(row.getString(1), row.getInt(2), row.getInt(3)),
        departmentId);
  }
}
