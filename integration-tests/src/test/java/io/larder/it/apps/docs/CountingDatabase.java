package io.larder.it.apps.docs;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import javax.sql.DataSource;

/**
 * A database for the examples: every product costs its number, and the queries are counted. Its
 * objects understand only the calls that the examples make; {@code equals} and {@code hashCode} of
 * a connection fail, so that a key with a connection in it would be seen.
 */
final class CountingDatabase {

  private int queries;

  int queries() {
    return queries;
  }

  DataSource dataSource() {
    return proxy(
        DataSource.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getConnection" -> connection();
              default -> throw new UnsupportedOperationException(method.toString());
            });
  }

  Connection connection() {
    return proxy(
        Connection.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "prepareStatement" -> statement();
              case "close" -> null;
              default -> throw new UnsupportedOperationException(method.toString());
            });
  }

  private PreparedStatement statement() {
    long[] product = new long[1];
    return proxy(
        PreparedStatement.class,
        (proxy, method, arguments) -> {
          switch (method.getName()) {
            case "setLong" -> product[0] = (Long) arguments[1];
            case "executeQuery" -> {
              queries++;
              return row(BigDecimal.valueOf(product[0]));
            }
            case "setString", "close" -> {}
            default -> throw new UnsupportedOperationException(method.toString());
          }
          return null;
        });
  }

  private static ResultSet row(BigDecimal amount) {
    return proxy(
        ResultSet.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "next" -> true;
              case "getBigDecimal" -> amount;
              case "close" -> null;
              default -> throw new UnsupportedOperationException(method.toString());
            });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
