package io.larder.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.thread.Workers;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectSizeTest {

  private static final int UNKNOWN = 10_000;
  private static final int BYTES = 100_000;

  @SuppressWarnings("unused") // measured
  private static class Node {
    @Nullable Node next;
    long number;
    byte flag;
  }

  @SuppressWarnings("unused") // measured
  private static final class Wider extends Node {
    int more;
    @Nullable Object held;
  }

  private record Price(String currency, long cents) {}

  /** Sizes as the JDK's own layout tool gives them for HotSpot with compressed references. */
  static Stream<Arguments> layouts() {
    return Stream.of(
        Arguments.of(new Object(), 16),
        Arguments.of(1, 16),
        Arguments.of(1L, 24), // the header's 12 bytes, 4 to align, 8
        Arguments.of(new byte[0], 16),
        Arguments.of(new byte[1], 24),
        Arguments.of(new long[10], 96),
        Arguments.of(new char[3], 24),
        Arguments.of(new boolean[9], 32),
        Arguments.of("", 24 + 16),
        Arguments.of("hello", 24 + 24),
        Arguments.of(new Node(), 32),
        Arguments.of(new Wider(), 40),
        Arguments.of(new Object[] {new Object(), null}, 24 + 16));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void of_knownLayout_isExactOrOneWordOff(Object value, int expected) {
    assertThat(ObjectSize.of(value)).isBetween(expected - 8, expected + 8);
  }

  @Test
  void of_null_isZero() {
    assertThat(ObjectSize.of(null)).isZero();
  }

  @Test
  void of_record_countsWhatItRefersTo() {
    assertThat(ObjectSize.of(new Price("EUR", 5))).isBetween(24 + 40, 24 + 24 + 24);
  }

  @Test
  void of_collections_isNearTheTruth() {
    int count = 1_000;
    List<Object> list = new ArrayList<>();
    Set<Object> set = new HashSet<>();
    Map<Object, Object> map = new HashMap<>();
    for (int i = 0; i < count; i++) {
      list.add(new Object());
      set.add(new Object());
      map.put(new Object(), new Object());
    }
    assertThat(ObjectSize.of(list)).isBetween(count * 18, count * 24); // 16 + 4 each
    assertThat(ObjectSize.of(set)).isBetween(count * 46, count * 62); // 16 + 32 + 4..8 each
    assertThat(ObjectSize.of(map)).isBetween(count * 60, count * 80); // 32 + 32 + 4..8 each
  }

  @Test
  void roughlyOf_small_isExact() {
    Price price = new Price("EUR", 5);
    assertThat(ObjectSize.roughlyOf(price, UNKNOWN)).isEqualTo(ObjectSize.of(price));
    byte[] bytes = new byte[1 << 20];
    assertThat(ObjectSize.roughlyOf(bytes, UNKNOWN)).isEqualTo(ObjectSize.of(bytes));
  }

  @Test
  void roughlyOf_large_isNearTheTruth_andLooksAtLittleOfIt() {
    List<Object> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      Map<Object, Object> row = new HashMap<>();
      for (int j = 0; j < 40; j++) {
        row.put("column " + (10 + j), new byte[100 + (i + j) % 7]);
      }
      rows.add(row);
    }
    int exactly = ObjectSize.of(rows);
    assertThat(ObjectSize.roughlyOf(rows, UNKNOWN)).isBetween(exactly * 8 / 10, exactly * 12 / 10);
    List<Object> endless = Collections.nCopies(1 << 29, new byte[10]);
    assertThat(ObjectSize.roughlyOf(endless, UNKNOWN)).isGreaterThan(1 << 30);
  }

  private static final class Lazy extends AbstractList<String> {

    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public String get(int index) {
      asked.incrementAndGet();
      return "loaded";
    }

    @Override
    public int size() {
      asked.incrementAndGet();
      return 20;
    }
  }

  @Test
  void roughlyOf_aCollectionWithCodeOfOthersWithin_asksNothingOfIt() {
    Lazy lazy = new Lazy();
    TreeMap<String, String> sorted =
        new TreeMap<>(
            (one, other) -> {
              lazy.asked.incrementAndGet();
              return one.compareTo(other);
            });
    sorted.put("a", "1");
    List<Object> all =
        List.of(
            Collections.unmodifiableList(lazy),
            Collections.checkedList(lazy, String.class),
            Collections.synchronizedList(lazy),
            lazy.subList(1, 3),
            sorted.headMap("b"),
            sorted.headMap("b").keySet(),
            new TreeSet<>(sorted.keySet()).headSet("b"));
    lazy.asked.set(0);

    for (Object each : all) {
      assertThat(ObjectSize.roughlyOf(each, UNKNOWN)).as("%s", each.getClass()).isEqualTo(UNKNOWN);
    }
    assertThat(ObjectSize.roughlyOf(new Object[] {all.get(0), new byte[1 << 20]}, UNKNOWN))
        .as("the rest counts all the same")
        .isGreaterThan(1 << 20);
    assertThat(lazy.asked.get()).isZero();
  }

  @Test
  @SuppressWarnings("JdkObsolete") // as old applications have it
  void roughlyOf_aCollectionThatIsLocked_doesNotWait() throws Exception {
    Object mutex = Collections.synchronizedList(new ArrayList<>());
    Vector<Object> vector = new Vector<>();
    try (Workers workers = new Workers()) {
      synchronized (mutex) {
        synchronized (vector) {
          Object[] both = {mutex, vector};
          assertThat(workers.start(() -> ObjectSize.roughlyOf(both, UNKNOWN)).result())
              .isEqualTo(UNKNOWN);
        }
      }
    }
  }

  static Stream<Object> plain() {
    Map<String, byte[]> map = Map.of("key", new byte[BYTES]);
    List<byte[]> list = List.of(new byte[BYTES]);
    return Stream.of(
        map,
        list,
        new HashMap<>(map),
        new TreeMap<>(map),
        new ConcurrentHashMap<>(map),
        new ArrayList<>(list),
        new ArrayDeque<>(list),
        new HashSet<>(List.of(list)),
        new CopyOnWriteArrayList<>(list),
        Arrays.asList(list.toArray()),
        Collections.singletonList(list.get(0)),
        Collections.singletonMap("key", list.get(0)));
  }

  @ParameterizedTest
  @MethodSource("plain")
  void roughlyOf_aPlainCollection_countsItsElements(Object value) {
    assertThat(ObjectSize.roughlyOf(value, /* unknown= */ 0)).isBetween(BYTES, BYTES + 1_000);
  }

  @Test
  void of_optional_countsWhatItHolds() {
    assertThat(ObjectSize.of(Optional.of(new byte[100_000]))).isGreaterThan(100_000);
  }

  @Test
  void of_sharedObject_countsOnce() {
    byte[] shared = new byte[10_000];
    int once = ObjectSize.of(new Object[] {shared});
    int twice = ObjectSize.of(new Object[] {shared, shared, shared});
    assertThat(twice - once).isLessThan(32);
  }

  @Test
  void of_cycle_ends() {
    Node one = new Node();
    Node other = new Node();
    one.next = other;
    other.next = one;
    assertThat(ObjectSize.of(one)).isEqualTo(2 * ObjectSize.of(new Node()));
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    assertThat(ObjectSize.of(itself)).isPositive();
  }

  @Test
  void of_deepGraph_needsNoStack() {
    Node head = new Node();
    Node last = head;
    for (int i = 0; i < 30_000; i++) {
      last.next = new Node();
      last = last.next;
    }
    assertThat(ObjectSize.of(head)).isEqualTo(30_001 * ObjectSize.of(new Node()));
  }

  @Test
  void of_hugeGraph_stopsCounting() {
    Object[] elements = new Object[300_000];
    Arrays.setAll(elements, i -> new byte[100]);
    assertThat(ObjectSize.of(elements)).isBetween(1_200_000, 1_200_016 + 50_000 * 120);
  }

  /** A result may be a view that computes its elements; estimating must not run through it all. */
  @Test
  void of_hugeCollection_asksForABoundedNumberOfElements() {
    AtomicInteger asked = new AtomicInteger();
    List<Object> view =
        new AbstractList<>() {
          @Override
          public Object get(int index) {
            asked.incrementAndGet();
            return "x";
          }

          @Override
          public int size() {
            return 5_000_000;
          }
        };
    ObjectSize.of(Collections.unmodifiableList(view));
    assertThat(asked.get()).isLessThanOrEqualTo(100_000);
  }

  @Test
  void of_whatIsThereAnyway_countsNothing() {
    Object[] shared = {String.class, TimeUnit.DAYS, Thread.currentThread(), null};
    assertThat(ObjectSize.of(shared)).isEqualTo(32);
    assertThat(ObjectSize.of(TimeUnit.DAYS)).isZero();
  }

  @Test
  void of_classesOfTheJdkWithClosedFields_countThemselves() {
    assertThat(ObjectSize.of(new java.math.BigDecimal("1e50"))).isPositive();
    assertThat(ObjectSize.of(java.time.LocalDate.EPOCH)).isPositive();
  }
}
