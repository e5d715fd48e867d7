package io.larder.sample.data;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;

/**
 * The shop's goods and what happened to them, made up from a fixed seed: the same size gives the
 * same rows on every machine, because {@link Random} is specified to the last bit.
 */
public final class Catalogue {

  private static final long SEED = 20_121_220;
  private static final int BRANDS = 400;
  private static final int LARGEST_ORDER = 9;
  private static final int WEEKS = 26;

  private final Connection connection;
  private final CatalogueSize size;

  private Catalogue(Connection connection, CatalogueSize size) {
    this.connection = connection;
    this.size = size;
  }

  /**
   * Fills an empty database.
   *
   * @param connection to that database; is left with auto-commit off
   * @throws SQLException when the database refuses something
   */
  public static void write(Connection connection, CatalogueSize size) throws SQLException {
    connection.setAutoCommit(false);
    Schema.createTables(connection);
    Catalogue catalogue = new Catalogue(connection, size);
    catalogue.writeCategories();
    catalogue.writeBrandsAndCustomers();
    catalogue.writeProducts();
    catalogue.writePrices();
    catalogue.writeReviews();
    catalogue.writeStock();
    catalogue.writeOrders();
    catalogue.writeSales();
    Schema.createIndexes(connection);
  }

  private void writeCategories() throws SQLException {
    try (TableWriter departments = new TableWriter(connection, "department", 2);
        TableWriter categories = new TableWriter(connection, "category", 3)) {
      for (int department = 0; department < Words.DEPARTMENTS.length; department++) {
        departments.row(department, Words.DEPARTMENTS[department]);
        for (int range = 0; range < Words.RANGES.length; range++) {
          int category = department * Words.RANGES.length + range;
          categories.row(category, department, Words.RANGES[range]);
        }
      }
    }
  }

  private void writeBrandsAndCustomers() throws SQLException {
    Random random = randomFor("people");
    try (TableWriter brands = new TableWriter(connection, "brand", 2);
        TableWriter customers = new TableWriter(connection, "customer", 3)) {
      for (int brand = 0; brand < BRANDS; brand++) {
        brands.row(brand, Words.name(random));
      }
      for (int customer = 0; customer < size.customers(); customer++) {
        String city = Words.CITIES[random.nextInt(Words.CITIES.length)];
        customers.row(customer, Words.name(random), city);
      }
    }
  }

  private void writeProducts() throws SQLException {
    Random random = randomFor("products");
    try (TableWriter products = new TableWriter(connection, "product", 8)) {
      for (int product = 0; product < size.products(); product++) {
        String name = Words.productName(random);
        products.row(
            (long) product,
            "LS-%06d".formatted(product),
            name,
            Words.description(random, name),
            random.nextInt(BRANDS),
            categoryOf(product),
            listCents(product),
            50 + random.nextInt(9_950));
      }
    }
  }

  private void writePrices() throws SQLException {
    Random random = randomFor("prices");
    try (TableWriter prices = new TableWriter(connection, "price", 4);
        TableWriter rates = new TableWriter(connection, "exchange_rate", 4)) {
      long id = 0;
      for (int product = 0; product < size.products(); product++) {
        for (int day = 0; day < size.priceDays(); day++) {
          int percent = 80 + random.nextInt(21);
          prices.row(id++, (long) product, day, listCents(product) * percent / 100);
        }
      }
      int rate = 0;
      for (int day = 0; day < size.priceDays(); day++) {
        rates.row(rate++, "EUR", day, BigDecimal.ONE);
        rates.row(rate++, "USD", day, millionths(1_080_000 + random.nextInt(60_000)));
        rates.row(rate++, "GBP", day, millionths(830_000 + random.nextInt(40_000)));
      }
    }
  }

  private void writeReviews() throws SQLException {
    Random random = randomFor("reviews");
    try (TableWriter reviews = new TableWriter(connection, "review", 7)) {
      long id = 0;
      for (int product = 0; product < size.products(); product++) {
        int count = random.nextInt(2 * size.reviewsPerProduct() + 1);
        for (int review = 0; review < count; review++) {
          reviews.row(
              id++,
              (long) product,
              random.nextInt(size.customers()),
              1 + Math.max(random.nextInt(5), random.nextInt(5)),
              random.nextInt(1 + random.nextInt(200)),
              random.nextInt(1_000),
              Words.opinion(random));
        }
      }
    }
  }

  private void writeStock() throws SQLException {
    Random random = randomFor("stock");
    try (TableWriter warehouses = new TableWriter(connection, "warehouse", 4);
        TableWriter stock = new TableWriter(connection, "stock", 5)) {
      for (int warehouse = 0; warehouse < size.warehouses(); warehouse++) {
        String region = Words.REGIONS[warehouse % Words.REGIONS.length];
        String city = Words.CITIES[warehouse % Words.CITIES.length];
        warehouses.row(warehouse, region, city, 1 + random.nextInt(4));
      }
      long id = 0;
      for (int product = 0; product < size.products(); product++) {
        for (int warehouse = 0; warehouse < size.warehouses(); warehouse++) {
          int quantity = Math.max(0, random.nextInt(60) - 15);
          stock.row(id++, (long) product, warehouse, quantity, random.nextInt(quantity / 4 + 1));
        }
      }
    }
  }

  private void writeOrders() throws SQLException {
    Random random = randomFor("orders");
    try (TableWriter lines = new TableWriter(connection, "order_line", 3)) {
      long id = 0;
      for (int order = 0; order < size.orders(); order++) {
        int first = popularProduct(random);
        int count = 1 + random.nextInt(LARGEST_ORDER);
        for (int line = 0; line < count; line++) {
          int product = line == 0 ? first : companionOf(first, random);
          lines.row(id++, order, (long) product);
        }
      }
    }
  }

  private void writeSales() throws SQLException {
    Random random = randomFor("sales");
    try (TableWriter sales = new TableWriter(connection, "weekly_sales", 4)) {
      long id = 0;
      for (int product = 0; product < size.products(); product++) {
        int usual = 2 + 40 * (size.products() - product) / size.products();
        for (int week = 0; week < WEEKS; week++) {
          sales.row(id++, (long) product, week, random.nextInt(usual));
        }
      }
    }
  }

  /** Low numbers sell better, as they do in the recorded requests. */
  private int popularProduct(Random random) {
    return (int) (size.products() * Math.pow(random.nextDouble(), 1.5));
  }

  /** Two in three further products of an order are of the same category as the first. */
  private int companionOf(int product, Random random) {
    int other = popularProduct(random);
    if (random.nextInt(3) == 0) {
      return other;
    }
    int categories = Words.DEPARTMENTS.length * Words.RANGES.length;
    int neighbour = other - other % categories + categoryOf(product);
    return neighbour < size.products() ? neighbour : other;
  }

  private static int categoryOf(int product) {
    return product % (Words.DEPARTMENTS.length * Words.RANGES.length);
  }

  private static int listCents(int product) {
    return 299 + (int) (product * 7_919L % 24_000);
  }

  private static BigDecimal millionths(int count) {
    return BigDecimal.valueOf(count, 6);
  }

  /** One source for each table, so that a change to one leaves the others as they were. */
  private static Random randomFor(String table) {
    return new Random(SEED + table.hashCode());
  }
}
