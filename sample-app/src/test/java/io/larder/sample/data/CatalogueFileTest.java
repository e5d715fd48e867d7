package io.larder.sample.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.sample.SampleFixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueFileTest {

  @TempDir static Path directory;

  private static Path one;
  private static Path two;

  @BeforeAll
  static void create() throws Exception {
    one = CatalogueFile.in(directory.resolve("one"), SampleFixtures.SMALL);
    two = CatalogueFile.in(directory.resolve("two"), SampleFixtures.SMALL);
    CatalogueFile.create(one, SampleFixtures.SMALL);
    CatalogueFile.create(two, SampleFixtures.SMALL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "brand",
        "category",
        "customer",
        "department",
        "exchange_rate",
        "order_line",
        "price",
        "product",
        "review",
        "stock",
        "warehouse",
        "weekly_sales"
      })
  void create_twice_givesTheSameRows(String table) throws Exception {
    assertThat(rows(one, table)).isNotEmpty().isEqualTo(rows(two, table));
  }

  @Test
  void create_always_leavesNothingElse() throws Exception {
    try (Stream<Path> files = Files.list(one.getParent())) {
      assertThat(files).containsExactly(one);
    }
  }

  @Test
  void readOnlyUrl_always_refusesToWrite() throws Exception {
    try (Connection connection = DriverManager.getConnection(CatalogueFile.readOnlyUrl(one));
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("DELETE FROM review"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("read only");
    }
  }

  @Test
  void readOnlyUrl_otherFile_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CatalogueFile.readOnlyUrl(Path.of("shop.txt")))
        .withMessage("the database file must end with .mv.db: shop.txt");
  }

  private static List<List<Object>> rows(Path file, String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection(CatalogueFile.readOnlyUrl(file));
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT * FROM " + table + " ORDER BY id")) {
      List<List<Object>> rows = new ArrayList<>();
      while (found.next()) {
        List<Object> row = new ArrayList<>();
        for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
          row.add(found.getObject(column));
        }
        rows.add(row);
      }
      return rows;
    }
  }
}
