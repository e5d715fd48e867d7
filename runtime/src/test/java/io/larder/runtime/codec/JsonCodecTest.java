package io.larder.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonCodecTest {

  enum Kind {
    ONE,
    TWO
  }

  record Item(
      @JsonProperty("item-id") long id,
      String name,
      BigDecimal price,
      Kind kind,
      Instant at,
      OffsetDateTime there,
      Optional<String> note,
      Map<String, List<Integer>> counts) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes(@JsonSubTypes.Type(value = Cash.class, name = "cash"))
  sealed interface Pay permits Cash {}

  /** As careless applications annotate. */
  record Careless(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object any) {}

  record Cash(int cents) implements Pay {}

  record Holder(Object any) {}

  /** On the class path, but in no result. */
  public static final class Evil {
    static {
      System.setProperty("larder.gadget", "ran");
    }
  }

  static final Item ITEM =
      new Item(
          5,
          "\u00e4",
          new BigDecimal("1.50"),
          Kind.TWO,
          Instant.ofEpochSecond(1, 2),
          OffsetDateTime.parse("2026-11-26T12:00:00+02:00"),
          Optional.of("n"),
          Map.of("a", List.of(1, 2)));

  static Item item() {
    return ITEM;
  }

  static List<Item> items() {
    return List.of(ITEM);
  }

  static Pay pay() {
    return new Cash(5);
  }

  static List<Careless> careless() {
    return List.of(new Careless(1));
  }

  static Holder holder() {
    return new Holder(1);
  }

  private static ValueCodec codec(String method) throws Exception {
    return ValueCodecs.of(
        "json",
        JsonCodecTest.class.getClassLoader(),
        JsonCodecTest.class.getDeclaredMethod(method).getGenericReturnType(),
        AllowedClasses.none());
  }

  @Test
  void encode_isReadableByOthers() throws Exception {
    assertThat(new String(codec("item").encode(ITEM), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"item-id\":5,\"name\":\"\u00e4\",\"price\":1.50,\"kind\":\"TWO\","
                + "\"at\":\"1970-01-01T00:00:01.000000002Z\","
                + "\"there\":\"2026-11-26T12:00:00+02:00\",\"note\":\"n\","
                + "\"counts\":{\"a\":[1,2]}}");
    assertThat(new String(codec("item").encode(null), StandardCharsets.UTF_8)).isEqualTo("null");
  }

  @Test
  void decode_whatWasEncoded_isEqual() throws Exception {
    assertThat(codec("item").decode(codec("item").encode(ITEM))).isEqualTo(ITEM);
    assertThat(codec("items").decode(codec("items").encode(items()))).isEqualTo(items());
    assertThat(codec("pay").decode(codec("pay").encode(pay()))).isEqualTo(pay());
    assertThat(codec("item").decode(codec("item").encode(null))).isNull();
  }

  static ZonedDateTime zoned() {
    return ZonedDateTime.parse("2026-11-26T12:00:00+01:00[Europe/Berlin]");
  }

  @Test
  void decode_zonedTime_isOfTheSameZone() throws Exception {
    byte[] json = codec("zoned").encode(zoned());
    assertThat(new String(json, StandardCharsets.UTF_8))
        .isEqualTo("\"2026-11-26T12:00:00+01:00[Europe/Berlin]\"");
    assertThat(codec("zoned").decode(json)).isEqualTo(zoned());
  }

  @Test
  void decode_classNamedByTheJson_isNotLoaded() throws Exception {
    String evil = Evil.class.getName();
    for (String json :
        List.of(
            "{\"@class\":\"" + evil + "\"}",
            "{\"@type\":\"" + evil + "\"}",
            "{\"@class\":\"java.util.Timer\"}",
            "[\"" + evil + "\",{}]",
            "{\"any\":{\"@class\":\"" + evil + "\"}}",
            "{\"any\":[\"" + evil + "\",{}]}",
            "{\"any\":1} {}",
            "{\"other\":1}",
            "[".repeat(100_000),
            "{")) {
      for (String method : List.of("pay", "holder", "items")) {
        try {
          Object value = codec(method).decode(json.getBytes(StandardCharsets.UTF_8));
          assertThat(value)
              .isInstanceOfSatisfying(
                  Holder.class,
                  held -> assertThat(held.any()).isInstanceOfAny(Map.class, List.class));
        } catch (DamagedEntryException refused) {
          assertThat(refused.reason()).isEqualTo(DamagedEntryException.Reason.VALUE);
        }
      }
    }
    assertThat(System.getProperty("larder.gadget")).isNull();
  }

  @Test
  void decode_mutatedBytes_damagedOrAValue() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    ValueCodec codec = codec("items");
    byte[] bytes = codec.encode(items());
    for (int i = 0; i < 3000; i++) {
      try {
        codec.decode(ValueCodecContract.mutate(bytes, random));
      } catch (DamagedEntryException damaged) {
        assertThat(damaged.reason()).isEqualTo(DamagedEntryException.Reason.VALUE);
      } catch (Throwable escaped) {
        throw new AssertionError("seed " + seed + ", round " + i, escaped);
      }
    }
  }

  @Test
  void encode_whatJacksonCannotWrite_refused() throws Exception {
    ValueCodec codec = codec("holder");
    assertThatThrownBy(() -> codec.encode(new Holder(new Object())))
        .isInstanceOf(NotStorableException.class)
        .hasMessageContaining("A class has no properties, or needs a module");
  }

  @Test
  void of_jsonThatNamesClasses_refused() {
    assertThatThrownBy(() -> codec("careless"))
        .isInstanceOf(NotStorableException.class)
        .hasMessage(
            Careless.class.getName()
                + " has its JSON name classes: @JsonTypeInfo(use = CLASS). Whoever writes to the"
                + " store could have any class loaded. Take use = NAME with @JsonSubTypes.");
  }

  @Test
  void of_applicationWithoutJackson_saysSo() {
    assertThatThrownBy(
            () ->
                ValueCodecs.of(
                    "json",
                    ClassLoader.getPlatformClassLoader(),
                    List.class,
                    AllowedClasses.none()))
        .isInstanceOf(NotStorableException.class)
        .hasMessage(
            "The codec json uses the Jackson of the application, and there is none on its class"
                + " path. Add com.fasterxml.jackson.core:jackson-databind or"
                + " tools.jackson.core:jackson-databind, or take another codec.");
  }

  /** As of a class whose library is of another release than it was compiled with. */
  public static final class Broken {
    private final boolean complete = false;

    public String getName() {
      if (complete) {
        return "complete";
      }
      throw new NoClassDefFoundError("com/acme/Gone");
    }
  }

  @Test
  void encode_classThatNeedsAMissingOne_refused() throws Exception {
    ValueCodec codec =
        ValueCodecs.of("json", Broken.class.getClassLoader(), Broken.class, AllowedClasses.none());
    assertThatThrownBy(() -> codec.encode(new Broken()))
        .isInstanceOf(NotStorableException.class)
        .hasMessageStartingWith("Jackson cannot write it: ");
  }
}
