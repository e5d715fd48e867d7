package io.larder.runtime.management;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.behind.WriteBehind;
import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Health;
import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.redis.RedisBackend;
import io.larder.runtime.redis.RedisServer;
import io.larder.runtime.redis.RedisSettings;
import io.larder.runtime.redis.RedisUri;
import io.larder.runtime.shared.SharedSettings;
import io.larder.runtime.shared.SharedStore;
import io.larder.runtime.shared.SharedTiers;
import io.larder.runtime.shared.SilentListener;
import io.larder.runtime.time.CoarseClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.Notification;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis, as the operator sees it. */
class BackendMBeanTest extends ManagedCaches {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CoarseClock time = new CoarseClock();
  private final RedisServer redis = RedisServer.start();
  private final RedisUri uri = RedisUri.parse("redis://127.0.0.1:" + redis.port());
  private final RedisBackend backend =
      RedisBackend.open(RedisSettings.of(uri), time, fingerprint -> {});
  private final SharedTiers tiers =
      new SharedTiers(
          new SharedStore(
              backend,
              backend::subscribe,
              () -> backend.state().health(),
              SharedSettings.of("test"),
              EnvelopeFormat.plain(),
              time,
              new SilentListener()),
          new WriteBehind(10, Long.MAX_VALUE, entry -> 0, Duration.ofSeconds(1), time),
          /* patience= */ Duration.ofMillis(50));
  private final List<Notification> told = new ArrayList<>();

  @BeforeEach
  void register() throws Exception {
    Management made = manage("full");
    made.attempt();
    server.addNotificationListener(larder(), (each, handback) -> told.add(each), null, null);
    untilHealthIs(Health.UP);
    made.created(backend, tiers, uri.toString());
    assertThat(made.attempt()).isPositive(); // it is looked after from now on
  }

  @AfterEach
  void close() {
    backend.close();
    redis.close();
    time.stop();
  }

  private static ObjectName name() throws JMException {
    return new ObjectName("io.larder:type=Backend,name=redis");
  }

  private void untilHealthIs(Health health) {
    await().atMost(PATIENCE).until(() -> backend.state().health() == health);
  }

  private void look() {
    if (management != null) {
      management.attempt();
    }
  }

  @Test
  void attributes_showHowItIs() throws Exception {
    assertThat(get(name(), "Address")).isEqualTo("redis://127.0.0.1:" + redis.port());
    assertThat(get(name(), "Health")).isEqualTo("UP");
    assertThat(get(name(), "HealthCode")).isEqualTo("");
    assertThat(get(name(), "LastError")).isEqualTo("");
    assertThat(Instant.parse((String) get(name(), "HealthSince"))).isBefore(Instant.now());
    assertThat((Integer) get(name(), "PoolMaximum")).isEqualTo(8);
    assertThat((Integer) get(name(), "PoolIdle")).isPositive();
    assertThat((Long) get(name(), "ConnectCount")).isPositive();
  }

  @Test
  void check_up_saysHowLongItTook() throws Exception {
    assertThat((String) server.invoke(name(), "check", null, null))
        .matches("Redis at redis://127.0.0.1:\\d+ answered within [\\d.]+ ms\\.");
    assertThat((Long) get(name(), "BytesWritten")).isPositive();
  }

  @Test
  void health_goesAndComes_isToldOnceEach(LoggedLines lines) throws Exception {
    look();
    assertThat(told).isEmpty(); // up from the start is no news
    redis.kill();
    untilHealthIs(Health.DOWN);
    look();
    look();
    assertThat(told).hasSize(1);
    assertThat(told.get(0).getType()).isEqualTo("larder.tier.down");
    assertThat(told.get(0).getMessage()).startsWith("WARN redis is down: ");
    assertThat((String) server.invoke(name(), "check", null, null))
        .startsWith("Redis at " + uri + " is not available: ");

    redis.restart();
    untilHealthIs(Health.UP);
    look();
    assertThat(told).extracting(Notification::getType).endsWith("larder.tier.up").hasSize(2);
    assertThat(lines.takeWarnings()).hasSize(1);
  }

  @Test
  void enabled_off_refusesAndTells() throws Exception {
    server.setAttribute(name(), new Attribute("Enabled", false));
    look();

    assertThat(get(name(), "Health")).isEqualTo("OFF");
    assertThat(told)
        .extracting(Notification::getMessage)
        .containsExactly("INFO redis is switched off");
    server.setAttribute(name(), new Attribute("Enabled", true));
    assertThat(get(name(), "Enabled")).isEqualTo(true);
  }

  @Test
  void name_takenBySomebodyElse_isSaidOnceAndHealthIsStillTold(LoggedLines lines) throws Exception {
    WatchedBackend second = new WatchedBackend(new ShownRedis(backend, tiers, uri.toString()));
    List<Management.Event> events = new ArrayList<>();
    second.look(server, /* writable= */ true, events::add);
    backend.setEnabled(false);
    second.look(server, /* writable= */ true, events::add);
    assertThat(lines.takeWarnings())
        .singleElement(as(STRING))
        .startsWith("WARN io.larder:type=Backend,name=redis is not to be seen through JMX: ");
    assertThat(events)
        .containsExactly(new Management.Event("larder.tier.down", "INFO redis is switched off"));
    second.end(server);
    assertThat(server.isRegistered(name())).isTrue(); // it is not its own
  }

  @Test
  void tier_ofACache_isShownBelowIt_andSwitched() throws Exception {
    Cache prices = registry.getOrCreate(APP, "prices", PolicySettings.NONE);
    look();
    ObjectName tier = new ObjectName(prices() + ",tier=redis");
    assertThat(get(tier, "Health")).isEqualTo("OFF"); // the registry of this test has no slow tiers
    assertThat(get(tier, "HitCount")).isEqualTo(0L);
    assertThat(get(tier, "MissUnavailableCount")).isEqualTo(0L);
    assertThat(get(tier, "QueueLength")).isEqualTo(0);
    for (String counter :
        List.of(
            "MissAwayCount",
            "MissSkippedCount",
            "PromotionCount",
            "PromotionDropCount",
            "SharedLookupCount",
            "AwaitedLoadCount",
            "WrittenBehindCount",
            "CoalescedWriteCount",
            "DroppedCount")) {
      assertThat(get(tier, counter)).as(counter).isEqualTo(0L);
    }

    server.setAttribute(tier, new Attribute("Enabled", false));
    assertThat(prices.policy().sharing().tiers()).containsExactly("memory", "disk");
    server.setAttribute(tier, new Attribute("Enabled", true));
    assertThat(prices.policy().sharing().tiers()).containsExactly("memory", "disk", "redis");
    assertThat(server.invoke(tier, "clear", new Object[] {true}, null))
        .isEqualTo(
            "Would forget all results of this cache in all tiers, here and in all JVMs that share"
                + " it.");
    registry.collected(handles.get(0));
    assertThat(names()).doesNotContain(tier, prices());
  }
}
