package io.larder.sample.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The database file of the shop. */
public final class CatalogueFile {

  /** Part of the file's name, so that a file that an older program made is not taken for ours. */
  private static final String FORMAT = "v1";

  private static final String SUFFIX = ".mv.db";

  private CatalogueFile() {}

  /** The file of a catalogue of this size, whether it exists or not. */
  public static Path in(Path directory, CatalogueSize size) {
    return directory.resolve(
        "catalogue-%s-%d-%d-%d-%d-%d-%d%s"
            .formatted(
                FORMAT,
                size.products(),
                size.reviewsPerProduct(),
                size.priceDays(),
                size.warehouses(),
                size.customers(),
                size.orders(),
                SUFFIX));
  }

  /**
   * Makes a catalogue and writes it to a file that must not exist. Being interrupted leaves no file
   * of that name.
   *
   * @throws IOException when the file cannot be written
   * @throws SQLException when the database refuses something
   */
  public static void create(Path file, CatalogueSize size) throws IOException, SQLException {
    Path unfinished = file.resolveSibling("unfinished-" + file.getFileName());
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.deleteIfExists(unfinished);
    try (Connection connection =
        DriverManager.getConnection("jdbc:h2:file:" + databaseName(unfinished))) {
      Catalogue.write(connection, size);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SHUTDOWN COMPACT");
      }
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * The address of a finished file, which many processes may read but nobody writes.
   *
   * @throws IllegalArgumentException when the file's name is not that of an H2 database
   */
  public static String readOnlyUrl(Path file) {
    // The service runs more statements than a session remembers by default (8).
    return "jdbc:h2:file:" + databaseName(file) + ";ACCESS_MODE_DATA=r;QUERY_CACHE_SIZE=64";
  }

  private static String databaseName(Path file) {
    String name = file.toAbsolutePath().toString();
    if (!name.endsWith(SUFFIX)) {
      throw new IllegalArgumentException(
          "the database file must end with %s: %s".formatted(SUFFIX, file));
    }
    return name.substring(0, name.length() - SUFFIX.length());
  }
}
