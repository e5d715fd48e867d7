package com.acme.generated;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ibatis.executor.Executor;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.plugin.Interceptor;
import org.apache.ibatis.plugin.Intercepts;
import org.apache.ibatis.plugin.Invocation;
import org.apache.ibatis.plugin.Signature;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ResultHandler;
import org.apache.ibatis.session.RowBounds;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.session.SqlSessionManager;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.h2.jdbcx.JdbcDataSource;

/** A mapper for each session, and one for all, as Spring injects it. */
public class MyBatis {

  private static final AtomicInteger QUERIES = new AtomicInteger();

  /** Counts what reaches the database, or MyBatis's own cache of the session. */
  @Intercepts(
      @Signature(
          type = Executor.class,
          method = "query",
          args = {MappedStatement.class, Object.class, RowBounds.class, ResultHandler.class}))
  public static final class Counting implements Interceptor {
    @Override
    public Object intercept(Invocation invocation) throws Throwable {
      QUERIES.incrementAndGet();
      return invocation.proceed();
    }
  }

  public static void main(String[] arguments) throws SQLException {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:prices;DB_CLOSE_DELAY=-1");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table price (product bigint, currency varchar, amount decimal(9, 2))");
      statement.execute("insert into price values (1, 'EUR', 1.50), (2, 'EUR', 2.50)");
    }
    Configuration configuration =
        new Configuration(new Environment("test", new JdbcTransactionFactory(), database));
    configuration.addInterceptor(new Counting());
    configuration.addMapper(PriceMapper.class);
    SqlSessionFactory factory = new SqlSessionFactoryBuilder().build(configuration);

    oneForAll(SqlSessionManager.newInstance(factory).getMapper(PriceMapper.class));
    forEachSession(factory);
    Say.statistics("prices");
  }

  private static void oneForAll(PriceMapper prices) {
    Say.fact("found", prices.find(1, "EUR") + " " + prices.find(1, "EUR") + " " + prices.find(1, "CHF"));
    Say.fact("products", prices.findProducts("EUR") + " " + prices.findProducts("EUR"));
    Say.fact("queries", QUERIES);
    Say.fact("updated", prices.update(1, new BigDecimal("1.75")));
    Say.fact("foundThen", prices.find(1, "EUR") + " " + prices.find(1, "EUR"));
    Say.fact("queriesThen", QUERIES);
  }

  private static void forEachSession(SqlSessionFactory factory) {
    int before = QUERIES.get();
    StringBuilder found = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      try (SqlSession session = factory.openSession()) {
        found.append(session.getMapper(PriceMapper.class).find(2, "EUR")).append(' ');
      }
    }
    Say.fact("ofSessions", found.toString().strip());
    Say.fact("queriesOfSessions", QUERIES.get() - before);
  }
}
