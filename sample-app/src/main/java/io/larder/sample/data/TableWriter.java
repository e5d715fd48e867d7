package io.larder.sample.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;

/** Fills one table, in batches. Not thread-safe. */
final class TableWriter implements AutoCloseable {

  private static final int BATCH_ROWS = 5_000;

  private final Connection connection;
  private final PreparedStatement insert;
  private int pending;

  TableWriter(Connection connection, String table, int columns) throws SQLException {
    this.connection = connection;
    String marks = String.join(", ", Collections.nCopies(columns, "?"));
    this.insert = connection.prepareStatement("INSERT INTO " + table + " VALUES (" + marks + ")");
  }

  void row(Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      insert.setObject(i + 1, values[i]);
    }
    insert.addBatch();
    if (++pending == BATCH_ROWS) {
      flush();
    }
  }

  private void flush() throws SQLException {
    insert.executeBatch();
    connection.commit();
    pending = 0;
  }

  @Override
  public void close() throws SQLException {
    flush();
    insert.close();
  }
}
