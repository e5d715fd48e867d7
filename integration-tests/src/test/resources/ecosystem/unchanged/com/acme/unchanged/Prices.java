package com.acme.unchanged;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** Reads and writes a table of H2. */
public final class Prices {

  private Prices() {}

  public static void main(String[] arguments) throws Exception {
    try (Connection database = DriverManager.getConnection("jdbc:h2:mem:shop");
        Statement statement = database.createStatement()) {
      statement.execute(
          "create table price (product bigint, currency char(3), amount decimal(9, 2))");
      PriceDao dao = new PriceDao(database);
      dao.save(1, "EUR", new BigDecimal("10.50"));
      dao.save(2, "EUR", new BigDecimal("20.00"));
      say("first", dao.find(1, "EUR"), dao.find(2, "EUR"), dao.find(1, "USD"));
      say("again", dao.find(1, "EUR"), dao.find(2, "EUR"), dao.find(1, "USD"));
      dao.save(1, "USD", new BigDecimal("11.90"));
      say("saved", dao.find(1, "EUR"), dao.find(2, "EUR"), dao.find(1, "USD"));
    }
    End.await();
  }

  private static void say(String name, BigDecimal... amounts) {
    System.out.println(name + "=" + java.util.Arrays.toString(amounts));
  }
}
