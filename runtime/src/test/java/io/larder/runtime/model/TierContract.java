package io.larder.runtime.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.larder.runtime.time.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every tier does, whatever it keeps entries in. */
public abstract class TierContract {

  /** The time to live of what {@link #create} makes. */
  protected static final Duration TTL = Duration.ofMinutes(1);

  protected final FakeClock clock = new FakeClock();

  /** An empty tier on {@link #clock}, for results that are texts. */
  protected abstract Tier create();

  /** A key as the tier takes it. */
  protected abstract Object key(String text);

  /** Whether it keeps nothing, and finds nothing, while more threads come than it takes. */
  protected boolean mayRefuse() {
    return false;
  }

  private Entry entry(String value) {
    return new Entry(value, clock.nanos(), /* loadNanos= */ 5, /* bytes= */ 100);
  }

  @Test
  void get_absent_null() {
    Tier tier = create();
    assertThat(tier.get(key("a"))).isNull();
    assertThat(tier.getAll(List.of(key("a"), key("b")))).isEmpty();
    assertThat(tier.health()).isEqualTo(Health.UP);
    assertThat(tier.name()).isNotEmpty();
  }

  @Test
  void get_afterPut_isTheEntry() {
    Tier tier = create();
    clock.advance(Duration.ofSeconds(7));
    Entry entry = entry("v");
    tier.put(key("a"), entry);
    clock.advance(Duration.ofSeconds(5));
    Entry found = requireNonNull(tier.get(key("a")));
    assertThat(found.value).isEqualTo("v");
    assertThat(found.createdNanos()).isCloseTo(entry.createdNanos(), within(2_000_000L));
    assertThat(found.loadNanos()).isEqualTo(5);
    assertThat(tier.get(key("b"))).isNull();
  }

  @Test
  void get_nullValue_isAnEntry() {
    Tier tier = create();
    tier.put(key("a"), new Entry(null, clock.nanos(), 0, 0));
    assertThat(requireNonNull(tier.get(key("a"))).value).isNull();
  }

  @Test
  void put_again_replaces() {
    Tier tier = create();
    tier.put(key("a"), entry("old"));
    tier.put(key("a"), entry("new"));
    assertThat(requireNonNull(tier.get(key("a"))).value).isEqualTo("new");
  }

  @Test
  void remove_present_trueOnceAndGone() {
    Tier tier = create();
    tier.put(key("a"), entry("v"));
    tier.put(key("b"), entry("v"));
    assertThat(tier.remove(key("a"))).isTrue();
    assertThat(tier.remove(key("a"))).isFalse();
    assertThat(tier.get(key("a"))).isNull();
    assertThat(tier.get(key("b"))).isNotNull();
    tier.put(key("a"), entry("again"));
    assertThat(requireNonNull(tier.get(key("a"))).value).isEqualTo("again");
  }

  @Test
  void clear_allAreGone() {
    Tier tier = create();
    List<Object> keys = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      keys.add(key("k" + i));
      tier.put(keys.get(i), entry("v"));
    }
    assertThat(tier.clear()).isIn(10L, -1L);
    assertThat(tier.getAll(keys)).isEmpty();
    tier.put(keys.get(0), entry("again"));
    assertThat(tier.getAll(keys)).containsOnlyKeys(keys.get(0));
  }

  @Test
  void bulk_putGetRemove() {
    Tier tier = create();
    Map<Object, Entry> entries =
        Map.of(key("a"), entry("1"), key("b"), entry("2"), key("c"), entry("3"));
    tier.putAll(entries);
    Map<Object, Entry> found = tier.getAll(List.of(key("a"), key("c"), key("x")));
    assertThat(found).containsOnlyKeys(key("a"), key("c"));
    assertThat(requireNonNull(found.get(key("c"))).value).isEqualTo("3");
    assertThat(tier.removeAll(List.of(key("a"), key("x"), key("b")))).isEqualTo(2);
    assertThat(tier.getAll(entries.keySet())).containsOnlyKeys(key("c"));
    tier.putAll(Map.of());
    assertThat(tier.getAll(List.of())).isEmpty();
    assertThat(tier.removeAll(List.of())).isZero();
  }

  @Test
  void get_ttlPassed_isGone() {
    Tier tier = create();
    tier.put(key("a"), entry("v"));
    clock.advance(TTL.minusMillis(2));
    assertThat(tier.get(key("a"))).isNotNull();
    tier.put(key("late"), entry("v"));
    clock.advance(Duration.ofMillis(2));
    assertThat(tier.getAll(List.of(key("a"), key("late")))).containsOnlyKeys(key("late"));
    assertThat(tier.statistics().expiries()).isEqualTo(1);
  }

  @Test
  void put_again_startsTheTtlAnew() {
    Tier tier = create();
    tier.put(key("a"), entry("v"));
    clock.advance(TTL.minusSeconds(1));
    tier.put(key("a"), entry("w"));
    clock.advance(TTL.minusSeconds(1));
    assertThat(tier.get(key("a"))).isNotNull();
  }

  @Test
  void manyThreads_nobodyGetsWhatBelongsToAnotherKeyOrWasRemoved() throws Exception {
    Tier tier = create();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int thread = i;
        running.add(threads.submit(() -> useAtRandom(tier, thread)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void useAtRandom(Tier tier, int thread) {
    Random random = new Random(thread);
    Object own = key("own " + thread); // which no other thread touches
    for (int i = 0; i < 200; i++) {
      String name = "k" + random.nextInt(10);
      tier.put(key(name), entry(name));
      tier.put(own, entry("own " + i));
      List<Object> all =
          IntStream.range(0, 10).mapToObj(k -> key("k" + k)).map(Object.class::cast).toList();
      tier.getAll(all)
          .forEach((key, found) -> assertThat(key(String.valueOf(found.value))).isEqualTo(key));
      Entry found = tier.get(own);
      if (found != null || !mayRefuse()) {
        assertThat(requireNonNull(found).value).isEqualTo("own " + i);
      }
      assertThat(tier.remove(own) || mayRefuse()).isTrue();
      assertThat(tier.get(own)).isNull();
      tier.remove(key("k" + random.nextInt(10)));
    }
  }
}
