package io.larder.sample;

import java.sql.SQLException;

/** The database refused a query. */
final class QueryFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  QueryFailedException(String sql, SQLException cause) {
    super("query failed: " + cause.getMessage() + " (" + sql + ")", cause);
  }
}
