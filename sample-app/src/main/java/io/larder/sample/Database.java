package io.larder.sample;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * The shop's database, and a clock on every query. Thread-safe.
 *
 * <p>The clock runs from the preparation of a statement until its last row was read. Waiting for a
 * connection does not count.
 */
public final class Database implements AutoCloseable {

  private static final int CONNECTIONS = 8;

  private final JdbcConnectionPool pool;
  private final LongAdder queryCount = new LongAdder();
  private final LongAdder queryNanos = new LongAdder();

  private Database(JdbcConnectionPool pool) {
    this.pool = pool;
  }

  /** Makes a row of the result set, which stands on it, into a value. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * Opens a database.
   *
   * @param url of an H2 database that holds a catalogue
   */
  public static Database open(String url) {
    JdbcConnectionPool pool = JdbcConnectionPool.create(url, "", "");
    pool.setMaxConnections(CONNECTIONS);
    return new Database(pool);
  }

  /**
   * Runs a query.
   *
   * @param parameters for the question marks of the query, in order
   * @return an immutable list
   * @throws QueryFailedException when the database refuses the query
   */
  <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
    try (Connection connection = pool.getConnection()) {
      long start = System.nanoTime();
      try {
        return read(connection, sql, reader, parameters);
      } finally {
        queryNanos.add(System.nanoTime() - start);
        queryCount.increment();
      }
    } catch (SQLException failure) {
      throw new QueryFailedException(sql, failure);
    }
  }

  private static <T> List<T> read(
      Connection connection, String sql, RowReader<T> reader, Object[] parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
      return List.copyOf(found);
    }
  }

  /** How many queries have been run. */
  long queryCount() {
    return queryCount.sum();
  }

  /** The time all queries took, added up over the threads, in nanoseconds. */
  long queryNanos() {
    return queryNanos.sum();
  }

  @Override
  public void close() {
    pool.dispose();
  }
}
