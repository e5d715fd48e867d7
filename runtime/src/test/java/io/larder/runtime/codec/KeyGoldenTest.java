package io.larder.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
import java.util.Currency;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The bytes that stores out there hold. A change here means that no service finds what another
 * release stored, and, worse, that one does not invalidate what the other reads.
 */
@SuppressWarnings("JavaUtilDate") // it is one of the values
class KeyGoldenTest {

  record Person(String name, int age, @Nullable Person boss) {}

  private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 26, 12, 0, 1, 2);

  private static Map<String, Object[]> arguments() {
    Map<String, Object[]> all = new LinkedHashMap<>();
    put(all, "none");
    put(all, "null", (Object) null);
    put(all, "booleans", true, false);
    put(all, "integers", (byte) -1, (short) -2, 'x', -3, Long.MIN_VALUE);
    put(all, "floats", 1.5f, Float.NaN, -0.0f, 2.5, Double.NaN, -0.0);
    put(all, "texts", "", "abc", "\u00e4\u20ac\ud83d\ude00", "\ud83d");
    put(all, "big", new BigInteger("-12345678901234567890"), new BigDecimal("2.00"));
    put(all, "uuid", new UUID(1, 2));
    put(all, "enum", TimeUnit.SECONDS);
    put(all, "record", new Person("Ann", 40, new Person("Bob", 50, null)));
    put(all, "list", List.of(1, "two", List.of(3L)));
    put(all, "set", Set.of("c", "a", "b", 1, 2L));
    put(all, "map", Map.of("z", 1, "a", List.of(), 5, "five"));
    put(all, "optional", Optional.of("x"), Optional.empty());
    put(all, "optionals", OptionalInt.of(1), OptionalLong.of(2), OptionalDouble.of(3));
    put(all, "empties", OptionalInt.empty(), OptionalLong.empty(), OptionalDouble.empty());
    put(all, "locale", Locale.GERMANY, Locale.forLanguageTag("zh-Hant-TW-u-ca-roc-nu-latn"));
    put(all, "currency", Currency.getInstance("EUR"));
    put(all, "uri", URI.create("HTTP://u@Example.org:80/%7ea?q=1#f"), URI.create("mailto:a@b"));
    put(all, "date", new Date(1234567890123L));
    put(all, "instant", Instant.ofEpochSecond(-5, 6), Duration.ofSeconds(-5, 6));
    put(all, "period", Period.of(1, -2, 3));
    put(all, "local", NOON.toLocalDate(), NOON.toLocalTime(), NOON, LocalDate.MIN, LocalTime.MAX);
    put(all, "offset", OffsetTime.of(NOON.toLocalTime(), ZoneOffset.ofHours(2)));
    put(all, "offsets", OffsetDateTime.of(NOON, ZoneOffset.UTC));
    put(all, "zoned", ZonedDateTime.ofLocal(NOON, ZoneId.of("Europe/Berlin"), null));
    put(all, "zones", ZoneId.of("Europe/Berlin"), ZoneOffset.ofHoursMinutes(-3, -30));
    put(all, "years", Year.of(2026), YearMonth.of(2026, 11), MonthDay.of(11, 26));
    put(all, "bits", new boolean[] {true, false}, new byte[] {1, -1}, new short[] {1});
    put(all, "numbers", new char[] {'a'}, new int[] {1, 2}, new long[] {3});
    put(all, "fractions", new float[] {1}, new double[] {2});
    put(all, "objects", new Object[] {"a", new int[] {1}, null}, new String[] {"b"});
    return all;
  }

  private static void put(Map<String, Object[]> all, String name, @Nullable Object... arguments) {
    all.put(name, arguments);
  }

  @Test
  void encode_givesTheBytesOfTheFirstRelease() throws Exception {
    Map<String, String> encoded = new LinkedHashMap<>();
    for (Map.Entry<String, Object[]> each : arguments().entrySet()) {
      encoded.put(each.getKey(), HexFormat.of().formatHex(KeyCodecTest.encode(each.getValue())));
    }
    String lines =
        encoded.entrySet().stream()
            .map(each -> each.getKey() + " " + each.getValue() + "\n")
            .collect(Collectors.joining());
    try (InputStream golden = KeyGoldenTest.class.getResourceAsStream("keys-1.txt")) {
      assertThat(lines).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
