package com.acme.shop;

import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/** Counts what Hibernate sends to the database. */
public class Statements implements StatementInspector {

  private static final AtomicInteger COUNT = new AtomicInteger();

  @Override
  public String inspect(String sql) {
    COUNT.incrementAndGet();
    return sql;
  }

  static int count() {
    return COUNT.get();
  }
}
