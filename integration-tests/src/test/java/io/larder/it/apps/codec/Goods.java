package io.larder.it.apps.codec;

import io.larder.Cached;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** One value of each kind that can be stored. */
@SuppressWarnings({"ArrayRecordComponent", "JavaUtilDate"}) // applications have them
public sealed interface Goods {

  enum Colour {
    RED,
    BLUE {
      @Override
      boolean cold() {
        return true;
      }
    };

    boolean cold() {
      return false;
    }
  }

  record Part(String name, int count, BigDecimal price, Colour colour) implements Goods {}

  record Box(
      UUID id,
      List<Part> parts,
      Map<String, Set<Colour>> colours,
      Optional<String> note,
      Goods[] inner,
      Object any,
      long[] numbers,
      boolean flag,
      byte small,
      char letter,
      float fraction,
      double ratio)
      implements Goods {

    @Override
    public boolean equals(Object other) {
      return other instanceof Box it
          && id.equals(it.id)
          && parts.equals(it.parts)
          && colours.equals(it.colours)
          && note.equals(it.note)
          && Arrays.equals(inner, it.inner)
          && Objects.equals(any, it.any)
          && Arrays.equals(numbers, it.numbers)
          && ratio == it.ratio
          && letter == it.letter;
    }

    @Override
    public int hashCode() {
      return id.hashCode();
    }
  }

  /** Private fields, no constructor without parameters, a superclass, a way back to itself. */
  final class Crate extends Base implements Goods {
    private final Integer size;
    private List<Crate> inner = List.of();
    private final boolean flag = "".isEmpty();
    private byte small = 1;
    private short few = 2;
    private char letter = 'c';
    private int some = 3;
    private long many = 4;
    private float fraction = 5;
    private double ratio = 6;

    Crate(String label, Integer size) {
      super(label);
      this.size = size;
    }

    static Crate nested() {
      Crate outer = new Crate("outer", 5);
      outer.small--;
      outer.few--;
      outer.letter--;
      outer.some--;
      outer.many--;
      outer.fraction--;
      outer.ratio--;
      outer.inner = List.of(new Crate("inner", null), outer);
      return outer;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Crate it
          && label.equals(it.label)
          && Objects.equals(size, it.size)
          && (flag == it.flag && small == it.small && few == it.few && letter == it.letter)
          && (some == it.some && many == it.many && fraction == it.fraction && ratio == it.ratio)
          && inner.size() == it.inner.size()
          && (inner.isEmpty() || (it.inner.get(1) == it && inner.get(0).equals(it.inner.get(0))));
    }

    @Override
    public int hashCode() {
      return label.hashCode();
    }
  }

  /** Without an equals of its own. */
  abstract class Base {
    protected final String label;

    Base(String label) {
      this.label = label;
    }
  }

  @Cached
  static int cached(int number) {
    return 2 * number;
  }

  /** Declared so that the codec knows all the classes above. */
  static List<? super Goods> all() {
    Part part = new Part("p", 1, new BigDecimal("1.50"), Colour.BLUE);
    Box box =
        new Box(
            new UUID(1, 2),
            new ArrayList<>(List.of(part, part)),
            new HashMap<>(Map.of("x", EnumSet.of(Colour.RED))),
            Optional.of("note"),
            new Goods[] {part, Crate.nested()},
            LocalDate.of(2026, 1, 2),
            new long[] {1, 2, 3},
            true,
            (byte) 1,
            'x',
            1.5f,
            2.5);
    List<Object> all = new ArrayList<>(List.of(part, box, Crate.nested(), Colour.BLUE));
    all.addAll(
        List.of(true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6d, "abc \u00e4\u20ac\ud83d\ude00"));
    all.addAll(List.of(BigInteger.TWO.pow(100), new BigDecimal("-1.00"), new UUID(3, 4)));
    all.addAll(List.of(URI.create("http://example.org/a?b"), Currency.getInstance("EUR")));
    all.addAll(List.of(Locale.GERMANY, Locale.forLanguageTag("zh-Hant-TW-u-ca-roc")));
    all.addAll(List.of(new Date(5), new java.sql.Timestamp(6), new java.sql.Date(7)));
    LocalDateTime time = LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6);
    all.addAll(List.of(Instant.ofEpochSecond(1, 2), Duration.ofNanos(5), Period.of(1, 2, 3)));
    all.addAll(List.of(LocalTime.MAX, time, OffsetDateTime.of(time, ZoneOffset.ofHours(1))));
    all.addAll(
        List.of(time.atZone(ZoneId.of("Europe/Berlin")), ZonedDateTime.of(time, ZoneOffset.UTC)));
    all.addAll(
        List.of(OffsetTime.of(LocalTime.MIN, ZoneOffset.UTC), Year.of(1), YearMonth.of(1, 2)));
    all.addAll(List.of(MonthDay.of(1, 2), ZoneOffset.ofHours(5), ZoneId.of("Asia/Tokyo")));
    all.addAll(List.of(Optional.empty(), Optional.of(part), OptionalInt.of(1)));
    all.addAll(List.of(OptionalLong.of(2), OptionalDouble.of(3), new BitSet()));
    all.addAll(
        List.of(new ArrayList<>(List.of(1, "a")), List.of(), List.of(part), List.of(1, 2, 3)));
    all.addAll(List.of(Arrays.asList(1, null), Collections.emptyList(), Set.of(), Set.of(1, 2, 3)));
    all.addAll(List.of(new HashSet<>(List.of("a")), new LinkedHashSet<>(List.of(2, 1))));
    all.addAll(List.of(new TreeSet<>(List.of(2, 1)), Map.of(), Map.of(1, 2), Map.of(1, 2, 3, 4)));
    all.addAll(List.of(new LinkedHashMap<>(Map.of(1, part)), new TreeMap<>(Map.of("a", 1))));
    TreeMap<String, Integer> reversed = new TreeMap<>(Comparator.reverseOrder());
    reversed.putAll(Map.of("a", 1, "b", 2));
    all.addAll(List.of(reversed, new ConcurrentHashMap<>(Map.of(1, 2))));
    all.addAll(
        List.of(new ConcurrentSkipListMap<>(Map.of(1, 2)), new CopyOnWriteArrayList<>(List.of(1))));
    all.addAll(List.of(new EnumMap<>(Map.of(Colour.RED, 1)), EnumSet.allOf(Colour.class)));
    all.addAll(List.of(Collections.unmodifiableMap(new HashMap<>(Map.of(1, 2)))));
    all.addAll(List.of(Collections.unmodifiableList(new ArrayList<>(List.of(1)))));
    all.addAll(List.of(Collections.singletonMap("a", null), Collections.singletonList(null)));
    all.addAll(List.of(List.of(1, 2, 3, 4).subList(1, 3)));
    return all;
  }
}
