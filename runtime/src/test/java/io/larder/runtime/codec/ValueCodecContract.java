package io.larder.runtime.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What each codec of objects keeps to. */
abstract class ValueCodecContract {

  abstract String name();

  /** For results of a method of {@link Shop}. */
  final ValueCodec codec(String method, String... allowed) throws Exception {
    Type returned = Shop.class.getDeclaredMethod(method).getGenericReturnType();
    return ValueCodecs.of(
        name(), Shop.class.getClassLoader(), returned, AllowedClasses.of(allowed));
  }

  static @Nullable Object roundTrip(ValueCodec codec, @Nullable Object value) throws Exception {
    return codec.decode(codec.encode(value));
  }

  @Test
  void decode_byOneThatNeverEncoded_isEqual() throws Exception {
    assertThat(codec("order").decode(codec("order").encode(Shop.order()))).isEqualTo(Shop.order());
    for (Object value : jdkValues()) {
      assertThat(codec("anything").decode(codec("anything").encode(value))).isEqualTo(value);
    }
  }

  @Test
  void decode_whatWasEncoded_isEqual() throws Exception {
    assertThat(roundTrip(codec("order"), Shop.order())).isEqualTo(Shop.order());
    assertThat(roundTrip(codec("orders"), Shop.orders())).isEqualTo(Shop.orders());
    assertThat(roundTrip(codec("status"), Shop.Status.PAID)).isSameAs(Shop.Status.PAID);
    assertThat(roundTrip(codec("number"), 5)).isEqualTo(5);
    assertThat(roundTrip(codec("lines"), Shop.lines())).isEqualTo(Shop.lines());
    assertThat(roundTrip(codec("order"), null)).isNull();
  }

  /** A codec learns of classes as it goes; whatever it did before, its bytes are for all. */
  @Test
  void decode_byOneThatEncodedOrDecodedBefore_isEqual() throws Exception {
    assertEachReadsTheOther(codec("order"), codec("order"), Shop.order());
    for (Object value : jdkValues()) {
      assertEachReadsTheOther(codec("anything"), codec("anything"), value);
    }
  }

  private static void assertEachReadsTheOther(ValueCodec one, ValueCodec other, Object value)
      throws Exception {
    byte[] bytes = one.encode(value);
    for (int i = 0; i < 2; i++) {
      assertThat(other.decode(bytes)).isEqualTo(value);
      byte[] answer = other.encode(value);
      assertThat(one.decode(answer)).as("%s", value.getClass()).isEqualTo(value);
      bytes = one.encode(value);
    }
  }

  static List<Object> jdkValues() {
    return new ArrayList<>(
        List.of(
            true,
            (byte) 1,
            'x',
            (short) 2,
            3,
            4L,
            5f,
            6d,
            "text \u00e4\ud83d\ude00",
            BigInteger.TEN.pow(50),
            new BigDecimal("1.00"),
            new UUID(1, 2),
            URI.create("http://example.org/"),
            Locale.forLanguageTag("zh-Hant-TW"),
            Currency.getInstance("EUR"),
            Instant.ofEpochSecond(1, 2),
            Duration.ofMillis(5),
            Period.of(1, 2, 3),
            LocalDate.of(2026, 1, 2),
            LocalTime.of(1, 2, 3, 4),
            LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6),
            OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 6, ZoneOffset.ofHours(2)),
            ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 6, ZoneId.of("Europe/Berlin")),
            // Where the clocks go back, a local time is two instants.
            ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"))
                .withLaterOffsetAtOverlap(),
            YearMonth.of(2026, 1),
            ZoneOffset.ofHours(3),
            ZoneId.of("Europe/Berlin"),
            new ArrayList<>(List.of(1, 2)),
            List.of(),
            List.of(1),
            List.of(1, 2, 3),
            Arrays.asList(1, null),
            Collections.emptyList(),
            Collections.singletonList("a"),
            Collections.unmodifiableList(new ArrayList<>(List.of(1))),
            new ArrayList<>(List.of(1, 2, 3)).stream().toList(),
            Set.of(),
            Set.of(1, 2, 3),
            new HashSet<>(List.of(1, 2)),
            new TreeSet<>(List.of(2, 1)),
            Collections.unmodifiableSet(new HashSet<>(List.of(1))),
            Map.of(),
            Map.of(1, 2),
            Map.of(1, 2, 3, 4),
            new HashMap<>(Map.of("a", List.of(1))),
            new LinkedHashMap<>(Map.of("a", 1)),
            new TreeMap<>(Map.of("b", 1, "a", 2)),
            new ConcurrentHashMap<>(Map.of("b", 1)),
            new CopyOnWriteArrayList<>(List.of(1)),
            Collections.unmodifiableMap(new HashMap<>(Map.of(1, 2)))));
  }

  @Test
  void decode_valuesOfTheJdk_areEqual() throws Exception {
    ValueCodec codec = codec("anything");
    for (Object value : jdkValues()) {
      assertThat(roundTrip(codec, value)).as("%s", value.getClass()).isEqualTo(value);
    }
    assertThat((byte[]) roundTrip(codec, new byte[] {1, 2})).containsExactly(1, 2);
    assertThat((int[]) roundTrip(codec, new int[] {1, 2})).containsExactly(1, 2);
    assertThat((double[]) roundTrip(codec, new double[] {1, 2})).containsExactly(1, 2);
    assertThat((String[]) roundTrip(codec, new String[] {"a", null})).containsExactly("a", null);
    assertThat((Object[]) roundTrip(codec, new Object[] {"a", 1})).containsExactly("a", 1);
    ArrayDeque<?> queue = (ArrayDeque<?>) roundTrip(codec, new ArrayDeque<>(List.of(1)));
    assertThat(List.<Object>copyOf(queue)).containsExactly(1);
  }

  @Test
  void decode_enumCollections_areEqual() throws Exception {
    ValueCodec codec = codec("anything", Month.class.getName());
    for (Object value :
        List.of(EnumSet.of(Month.MAY), new EnumMap<>(Map.of(Month.MAY, 1)), List.of(Month.MAY))) {
      assertThat(roundTrip(codec, value)).isEqualTo(value);
    }
  }

  @Test
  void decode_objectsThatReferToEachOther_asTheyWere() throws Exception {
    Shop.Customer one = Shop.customer();
    Shop.Customer friend = requireNonNull(one.friend());
    friend.befriend(one);
    Shop.Customer decoded = (Shop.Customer) requireNonNull(roundTrip(codec("customer"), one));
    assertThat(decoded).isEqualTo(one);
    Shop.Customer itsFriend = requireNonNull(decoded.friend());
    assertThat(itsFriend).isEqualTo(friend);
    assertThat(itsFriend.friend()).isSameAs(decoded);
    assertThat(decoded.others().get(0)).isSameAs(itsFriend);
    assertThat(decoded.cached()).isZero(); // transient
  }

  @Test
  void encode_classThatTheTypeDoesNotLeadTo_refusedByName() throws Exception {
    String circle = Shop.Circle.class.getName();
    for (ValueCodec codec : List.of(codec("anything"), codec("drawing"))) {
      Object value =
          codec.fingerprint() == codec("drawing").fingerprint() ? Shop.drawing() : Shop.shape();
      assertThatThrownBy(() -> codec.encode(value))
          .isInstanceOf(NotStorableException.class)
          .hasMessage(
              circle
                  + " is not stored: the method's return type does not lead to it. Declare a type"
                  + " that does (a record, a sealed interface), or allow the class by name.");
      assertThat(roundTrip(codec, null)).as("goes on").isNull();
    }
    assertThat(roundTrip(codec("drawing", circle), Shop.drawing())).isEqualTo(Shop.drawing());
    assertThat(roundTrip(codec("anything", circle), Shop.shape())).isEqualTo(Shop.shape());
  }

  @Test
  void encode_whatIsNoValue_refused() throws Exception {
    ValueCodec codec = codec("anything");
    for (Object refused :
        List.of(
            Thread.currentThread(),
            new java.util.concurrent.atomic.AtomicInteger(),
            (Runnable & java.io.Serializable) () -> {},
            java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Runnable.class},
                (proxy, method, arguments) -> null),
            new IllegalStateException("x"),
            new ArrayList<>(1) {},
            List.of(java.util.regex.Pattern.compile("x")))) {
      assertThatThrownBy(() -> codec.encode(refused))
          .as("%s", refused.getClass())
          .isInstanceOf(NotStorableException.class);
    }
  }

  @Test
  void encode_listThatHoldsItself_refused() throws Exception {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      list = new ArrayList<>(List.of(list));
    }
    List<Object> deep = list;
    ValueCodec codec = codec("anything");
    try {
      byte[] bytes = codec.encode(deep);
      assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOf(DamagedEntryException.class);
    } catch (NotStorableException refused) {
      assertThat(refused).hasMessageContaining("nested");
    }
  }

  @Test
  void of_typeThatNoResultCanBeOf_refused() {
    assertThatThrownBy(() -> codec("shape"))
        .isInstanceOf(NotStorableException.class)
        .hasMessage(
            Shop.Shape.class.getName()
                + " is abstract, and nothing says what its results are of. Seal it, declare what is"
                + " returned, or allow the classes by name.");
    assertThatThrownBy(
            () ->
                ValueCodecs.of(
                    name(), getClass().getClassLoader(), Thread.class, AllowedClasses.none()))
        .isInstanceOf(NotStorableException.class)
        .hasMessage(
            "java.lang.Thread is none of the JDK's classes that are stored: values, collections.");
    assertThatThrownBy(() -> codec("order", "com.acme.Missing"))
        .isInstanceOf(NotStorableException.class)
        .hasMessage(
            "The allowed class com.acme.Missing was not found; its name is that of the class file,"
                + " with a $ before the name of a nested class.");
  }

  @Test
  void decode_resultOfAnotherClass_damaged() throws Exception {
    byte[] text = codec("anything").encode("text");
    ValueCodec codec = codec("order");
    assertThatThrownBy(() -> codec.decode(text)).isInstanceOf(DamagedEntryException.class);
  }

  @Test
  void decode_mutatedBytes_damagedOrAValue() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int rounds = Integer.getInteger("larder.mutations", 3000);
    for (String method : List.of("order", "customer", "anything")) {
      ValueCodec codec = codec(method);
      byte[] bytes =
          codec.encode(
              switch (method) {
                case "order" -> Shop.order(2);
                case "customer" -> Shop.customer();
                default -> jdkValues();
              });
      for (int i = 0; i < rounds; i++) {
        byte[] mutated = mutate(bytes, random);
        try {
          codec.decode(mutated);
        } catch (DamagedEntryException damaged) {
          assertThat(damaged.reason()).isEqualTo(DamagedEntryException.Reason.VALUE);
        } catch (Throwable escaped) {
          throw new AssertionError("seed " + seed + ", round " + i, escaped);
        }
      }
    }
  }

  static byte[] mutate(byte[] bytes, Random random) {
    byte[] mutated = bytes.clone();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(mutated.length);
      switch (random.nextInt(4)) {
        case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutated[at] = (byte) random.nextInt();
        case 2 -> mutated[at] = (byte) (random.nextBoolean() ? -1 : 127);
        default -> mutated = Arrays.copyOf(mutated, at + 1);
      }
    }
    return mutated;
  }
}
