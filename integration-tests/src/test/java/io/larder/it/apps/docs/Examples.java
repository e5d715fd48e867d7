package io.larder.it.apps.docs;

import io.larder.CacheStatistics;
import io.larder.Larder;
import io.larder.it.apps.Probe;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;

/** Runs the examples of the documentation, then waits for the end of its input. */
public final class Examples {

  private static final CountingDatabase DATABASE = new CountingDatabase();

  private Examples() {}

  public static void main(String[] arguments) throws SQLException, IOException {
    PriceDao dao = new PriceDao(DATABASE.dataSource());
    PriceAdmin admin = new PriceAdmin();
    Probe.say("ratioBefore", admin.hitRatio());
    Probe.say("prices", dao.find(42, "EUR") + " " + dao.find(42, "EUR") + " " + dao.find(7, "EUR"));
    Probe.say("queries", DATABASE.queries());
    Probe.say("ratio", admin.hitRatio());
    Probe.say("hits", Larder.statistics("prices").map(CacheStatistics::hitCount).orElse(-1L));
    Probe.say("forgotten", admin.priceChanged(42, "EUR"));
    find(dao, "queriesAfterForgetting");
    Probe.say("intForgotten", Larder.invalidate("prices", 42, "EUR"));
    Probe.say("imported", admin.pricesImported());
    find(dao, "queriesAfterImport");
    Probe.say("everything", admin.everythingChanged());
    find(dao, "queriesAfterAll");
    keys();
    Probe.say("ready", true);
    int ended = System.in.read();
    Probe.say("ended", ended);
  }

  private static void find(PriceDao dao, String fact) throws SQLException {
    BigDecimal sum = dao.find(42, "EUR").add(dao.find(7, "EUR"));
    Probe.say(fact, DATABASE.queries() + " for " + sum);
  }

  private static void keys() throws SQLException {
    int before = DATABASE.queries();
    for (Connection connection : new Connection[] {DATABASE.connection(), DATABASE.connection()}) {
      Probe.say("price", Keys.price(42, "EUR", connection));
      Probe.say("discount", Keys.discount(42, "EUR", connection));
    }
    Probe.say("keyQueries", DATABASE.queries() - before);
    Probe.say("caches", Larder.cacheNames());
    Probe.say(
        "keyForgotten",
        Larder.invalidate(Keys.class.getName() + ".price", 42L, "EUR")
            + " "
            + Larder.invalidate(Keys.class.getName() + ".discount", 42L, "EUR"));
  }
}
