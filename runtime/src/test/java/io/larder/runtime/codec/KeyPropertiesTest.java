package io.larder.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random arguments: bytes are equal exactly when the arguments are. */
class KeyPropertiesTest {

  record Pair(@Nullable Object first, @Nullable Object second) {}

  private static final int ROUNDS = 20_000;

  @Test
  void encode_randomArguments_equalBytesForEqualOnesOnly() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<Object, String> byValue = new HashMap<>();
    Map<String, Object> byBytes = new HashMap<>();
    for (int i = 0; i < ROUNDS; i++) {
      Object value = Optional.ofNullable(random(random, 3)); // of few, so that equal ones occur
      String bytes = HexFormat.of().formatHex(KeyCodecTest.encode(value));
      Object same = rebuilt(value, random);
      assertThat(same).as("seed %s", seed).isEqualTo(value);
      assertThat(HexFormat.of().formatHex(KeyCodecTest.encode(same)))
          .as("seed %s: %s", seed, value)
          .isEqualTo(bytes);
      assertThat(byValue.getOrDefault(value, bytes))
          .as("seed %s: %s", seed, value)
          .isEqualTo(bytes);
      assertThat(byBytes.getOrDefault(bytes, value))
          .as("seed %s: %s", seed, value)
          .isEqualTo(value);
      byValue.put(value, bytes);
      byBytes.put(bytes, value);
    }
    assertThat(byValue.size()).as("different ones, seed %s", seed).isBetween(1000, ROUNDS - 1000);
  }

  private static @Nullable Object random(Random random, int depth) {
    int few = random.nextInt(4) - 1;
    return switch (random.nextInt(depth == 0 ? 14 : 19)) {
      case 0 -> null;
      case 1 -> few;
      case 2 -> (long) few;
      case 3 -> (short) few;
      case 4 -> (byte) few;
      case 5 -> (char) (few + 'a');
      case 6 -> few / 2.0;
      case 7 -> few * -0.0f;
      case 8 -> "ab\u00e4\ud83d\ude00".substring(random.nextInt(3), 3 + random.nextInt(3));
      case 9 -> BigDecimal.valueOf(few, random.nextInt(2));
      case 10 -> BigInteger.valueOf(few);
      case 11 -> new UUID(few, random.nextInt(2));
      case 12 -> random.nextBoolean() ? Instant.ofEpochSecond(few) : LocalDate.ofEpochDay(few);
      case 13 ->
          random.nextBoolean()
              ? TimeUnit.valueOf(random.nextBoolean() ? "SECONDS" : "DAYS")
              : random.nextBoolean();
      case 14 -> randomList(random, depth);
      case 15 -> new HashSet<>(randomList(random, depth));
      case 16 -> {
        Map<Object, Object> map = new HashMap<>();
        randomList(random, depth).forEach(key -> map.put(key, random(random, depth - 1)));
        yield map;
      }
      case 17 -> Optional.ofNullable(random(random, depth - 1));
      default -> new Pair(random(random, depth - 1), random(random, depth - 1));
    };
  }

  private static List<@Nullable Object> randomList(Random random, int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      list.add(random(random, depth - 1));
    }
    return list;
  }

  /** An equal value of other objects, in another order where that does not count. */
  private static @Nullable Object rebuilt(@Nullable Object value, Random random) {
    if (value instanceof List<?> list) {
      List<@Nullable Object> other = new CopyOnWriteArrayList<>();
      list.forEach(each -> other.add(rebuilt(each, random)));
      return other;
    }
    if (value instanceof Set<?> set) {
      Set<@Nullable Object> other = new LinkedHashSet<>();
      shuffled(set, random).forEach(each -> other.add(rebuilt(each, random)));
      return other;
    }
    if (value instanceof Map<?, ?> map) {
      Map<@Nullable Object, @Nullable Object> other = new LinkedHashMap<>();
      shuffled(map.keySet(), random)
          .forEach(key -> other.put(rebuilt(key, random), rebuilt(map.get(key), random)));
      return Collections.unmodifiableMap(other);
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(each -> rebuilt(each, random));
    }
    if (value instanceof Pair pair) {
      return new Pair(rebuilt(pair.first(), random), rebuilt(pair.second(), random));
    }
    return value instanceof String text ? String.valueOf(text.toCharArray()) : value;
  }

  private static List<?> shuffled(Set<?> set, Random random) {
    List<?> list = new ArrayList<>(set);
    Collections.shuffle(list, random);
    return list;
  }
}
