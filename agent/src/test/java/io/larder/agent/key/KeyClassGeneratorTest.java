package io.larder.agent.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.runtime.callsite.KeyShape;
import io.larder.runtime.model.InstanceKey;
import io.larder.runtime.model.Key;
import java.lang.invoke.MethodHandle;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyClassGeneratorTest {

  private static final KeyShape.Part UNTRUSTED = new KeyShape.Part(Object.class, false);
  private static final KeyShape.Part TRUSTED = new KeyShape.Part(Object.class, true);
  private static final KeyShape.Part TEXT = new KeyShape.Part(String.class, true);
  private static final KeyShape.Part LONG = new KeyShape.Part(long.class, true);
  private static final KeyShape.Part FLOAT = new KeyShape.Part(float.class, true);
  private static final KeyShape.Part DOUBLE = new KeyShape.Part(double.class, true);

  private final KeyClassGenerator generator = new KeyClassGenerator();

  private final InstanceKey.Owner owner =
      new InstanceKey.Owner() {
        private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

        @Override
        public ReferenceQueue<Object> goneInstances() {
          return gone;
        }

        @Override
        public void drop(Key key) {
          throw new AssertionError("dropped " + key);
        }
      };

  /** Values for each kind of part; any two of one kind are compared. */
  static List<Samples> samples() {
    return List.of(
        samplesOf(new KeyShape.Part(boolean.class, true), true, false),
        samplesOf(new KeyShape.Part(byte.class, true), (byte) 0, (byte) -1, Byte.MIN_VALUE),
        samplesOf(new KeyShape.Part(char.class, true), 'a', '\0', Character.MAX_VALUE),
        samplesOf(new KeyShape.Part(short.class, true), (short) 0, (short) -1, Short.MIN_VALUE),
        samplesOf(new KeyShape.Part(int.class, true), 0, -1, Integer.MAX_VALUE),
        samplesOf(LONG, 0L, -1L, 1L << 32, Long.MIN_VALUE),
        samplesOf(FLOAT, 0f, -0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE),
        samplesOf(DOUBLE, 0d, -0d, Double.NaN, Double.POSITIVE_INFINITY, 1e300),
        samplesOf(TEXT, "", "a", new String("a"), null, "Aa", "BB"),
        samplesOf(TRUSTED, new UUID(1, 2), new UUID(1, 2), new UUID(2, 1), null),
        samplesOf(
            UNTRUSTED,
            null,
            "a",
            1,
            1L,
            List.of(1, 2),
            new ArrayList<>(List.of(1, 2)),
            new int[] {1, 2},
            new int[] {1, 2},
            new int[] {2, 1},
            new long[] {1, 2},
            new double[] {0d},
            new double[] {-0d},
            new Object[] {"a", new int[] {1}},
            new Object[] {"a", new int[] {1}},
            new String[] {"a", null},
            new String[0],
            new Object[0]));
  }

  /** Values of one kind of part. */
  record Samples(KeyShape.Part part, List<@Nullable Object> values) {}

  private static Samples samplesOf(KeyShape.Part part, @Nullable Object... values) {
    return new Samples(part, Arrays.asList(values));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void key_ofOnePart_hashesAndComparesAsTheValues(Samples samples) {
    MethodHandle maker = generator.define(new KeyShape(List.of(samples.part()), false));
    for (Object one : samples.values()) {
      Key key = key(maker, one);
      assertThat(key.hashCode()).isEqualTo(31 + hashOf(one));
      for (Object other : samples.values()) {
        assertThat(key.equals(key(maker, other)))
            .as("%s and %s", one, other)
            .isEqualTo(Objects.deepEquals(one, other));
        assertThat(sameByBitsAndReference(key, key(maker, other)))
            .as("%s and %s", one, other)
            .isEqualTo(Objects.deepEquals(one, other));
      }
    }
  }

  @Test
  void key_ofManyParts_isAsTheReference() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      List<Samples> parts = new ArrayList<>(samples());
      Collections.shuffle(parts, random);
      parts = parts.subList(0, 1 + random.nextInt(parts.size()));
      boolean ofInstance = random.nextBoolean();
      MethodHandle maker =
          generator.define(new KeyShape(parts.stream().map(Samples::part).toList(), ofInstance));
      for (int pair = 0; pair < 40; pair++) {
        List<@Nullable Object> one = pick(parts, random);
        List<@Nullable Object> other = pair % 3 == 0 ? one : pick(parts, random);
        assertAsReference(maker, ofInstance, one, other, "round " + round + " of seed " + seed);
      }
    }
  }

  private void assertAsReference(
      MethodHandle maker,
      boolean ofInstance,
      List<@Nullable Object> one,
      List<@Nullable Object> other,
      String what) {
    Object instance = new Object();
    Key first = ofInstance ? key(maker, with(instance, one)) : key(maker, one.toArray());
    Key second = ofInstance ? key(maker, with(instance, other)) : key(maker, other.toArray());
    boolean same = Objects.deepEquals(one.toArray(), other.toArray());
    int hash = ofInstance ? System.identityHashCode(instance) : 1;
    for (Object part : one) {
      hash = 31 * hash + hashOf(part);
    }

    assertThat(first.hashCode()).as(what).isEqualTo(hash);
    assertThat(first.equals(second)).as(what).isEqualTo(same);
    assertThat(first.sameArguments(second)).as(what).isEqualTo(same);
    assertThat(first.detach(owner).equals(second)).as(what).isEqualTo(same);
    assertThat(second.equals(first.detach(owner))).as(what).isEqualTo(same);
    assertThat(first.detach(owner)).as(what).hasSameHashCodeAs(first);
    assertThat(sameByBitsAndReference(first, second)).as(what).isEqualTo(same);
  }

  /** How a front compares. */
  private static boolean sameByBitsAndReference(Key one, Key other) {
    return one.bits() == other.bits() && Objects.equals(one.reference(), other.reference());
  }

  @Test
  void key_ofInstance_isOfThatInstanceOnly() {
    MethodHandle maker = generator.define(new KeyShape(List.of(TEXT), true));
    String instance = new String("equal to the other");
    String other = new String("equal to the other");

    Key key = key(maker, instance, "a");
    Key stored = key.detach(owner);

    assertThat(key).isEqualTo(key(maker, instance, "a")).isNotEqualTo(key(maker, other, "a"));
    assertThat(key).isNotEqualTo(key(maker, instance, "b"));
    assertThat(stored).isNotSameAs(key).isEqualTo(key).isNotEqualTo(key(maker, other, "a"));
    assertThat(stored).isEqualTo(key(maker, instance, "a").detach(owner));
    assertThat(stored.sameArguments(key(maker, other, "a"))).isTrue();
  }

  @Test
  void key_ofNothingButTheInstance_works() {
    MethodHandle maker = generator.define(new KeyShape(List.of(), true));
    Object instance = new Object();

    assertThat(key(maker, instance)).isEqualTo(key(maker, instance)).hasSameHashCodeAs(instance);
    assertThat(key(maker, instance)).isNotEqualTo(key(maker, new Object()));
  }

  @Test
  void bitsAndReference_ofFewArguments_holdThemAll() {
    KeyShape.Part number = new KeyShape.Part(int.class, true);

    assertThat(key(LONG, 1L << 40).bits()).isEqualTo(1L << 40);
    assertThat(key(LONG, 1L << 40).reference()).isNull();
    assertThat(key(List.of(number, number), 1, -1).bits()).isEqualTo((1L << 32) | 0xffffffffL);
    assertThat(key(List.of(number, number), 1, -1).reference()).isNull();
    assertThat(key(List.of(TEXT, number), "a", 7).bits() & 0xffffffffL).isEqualTo(7);
    assertThat(key(List.of(TEXT, number), "a", 7).reference()).isEqualTo("a");
    assertThat(key(List.of(LONG, TEXT), 7L, "a").bits()).isEqualTo(7);
    assertThat(key(List.of(TRUSTED), "a").reference()).isEqualTo("a");
  }

  @Test
  void bitsAndReference_ofMoreArguments_areHashAndKey() {
    for (Key key :
        List.of(
            key(List.of(TEXT, TEXT), "a", "b"),
            key(List.of(LONG, LONG), 1L, 2L),
            key(List.of(LONG, new KeyShape.Part(boolean.class, true)), 1L, true),
            key(List.of(UNTRUSTED), "a"))) {
      assertThat(key.bits()).isEqualTo(key.hashCode());
      assertThat(key.reference()).isSameAs(key);
    }
  }

  private Key key(KeyShape.Part part, Object argument) {
    return key(List.of(part), argument);
  }

  private Key key(List<KeyShape.Part> parts, Object... arguments) {
    return key(generator.define(new KeyShape(parts, false)), arguments);
  }

  @Test
  void keys_ofTwoMethods_areNeverEqual() {
    KeyShape shape = new KeyShape(List.of(TEXT), false);
    Key one = key(generator.define(shape), "a");
    Key other = key(generator.define(shape), "a");

    assertThat(one.equals(other)).isFalse();
    assertThat(one.equals((Object) "a")).isFalse();
    assertThat(one.equals(null)).isFalse();
  }

  @Test
  void detach_mutableParts_areCopied() {
    MethodHandle maker = generator.define(new KeyShape(List.of(UNTRUSTED, UNTRUSTED, LONG), false));
    int[][] array = {{1}, {2}};
    List<String> list = new ArrayList<>(List.of("a"));

    Key stored = key(maker, array, list, 3L).detach(owner);
    array[1][0] = 9;
    list.add("b");

    assertThat(stored).isEqualTo(key(maker, new int[][] {{1}, {2}}, List.of("a"), 3L));
    assertThat(stored).isNotEqualTo(key(maker, array, list, 3L));
  }

  @Test
  void detach_partsThatNeverChange_isTheKeyItself() {
    Key key = key(generator.define(new KeyShape(List.of(TEXT, LONG, TRUSTED), false)), "a", 1L, 2);

    assertThat(key.detach(owner)).isSameAs(key);
  }

  @Test
  void constructor_untrustedPart_runsNoForeignCode() {
    MethodHandle maker = generator.define(new KeyShape(List.of(UNTRUSTED), false));
    Object foreign =
        new Object() {
          @Override
          public int hashCode() {
            throw new IllegalStateException("foreign");
          }
        };

    Key key = made(maker, foreign);

    assertThatThrownBy(key::hashed).isInstanceOf(IllegalStateException.class).hasMessage("foreign");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void define_asManyPartsAsAMethodTakes_works(boolean ofInstance) {
    int parts = 249;
    MethodHandle maker =
        generator.define(new KeyShape(Collections.nCopies(parts, TEXT), ofInstance));
    Object[] arguments = new Object[ofInstance ? parts + 1 : parts];
    Arrays.fill(arguments, "a");

    Key key = key(maker, arguments);
    arguments[arguments.length - 1] = "b";

    assertThat(key).isNotEqualTo(key(maker, arguments));
  }

  @Test
  void define_asManyLongsAsAMethodTakes_works() {
    MethodHandle maker = generator.define(new KeyShape(Collections.nCopies(124, LONG), true));
    Object[] arguments = new Object[125];
    Arrays.fill(arguments, 7L);

    assertThat(key(maker, arguments)).isEqualTo(key(maker, arguments));
  }

  @Test
  void arguments_ofAllKinds_areThoseThatMadeTheKey() {
    List<Samples> parts = samples();
    MethodHandle maker =
        generator.define(new KeyShape(parts.stream().map(Samples::part).toList(), false));
    List<@Nullable Object> given = pick(parts, new Random(1));

    assertThat(key(maker, given.toArray()).arguments()).isEqualTo(given.toArray());
  }

  @Test
  void constructor_isTypedAsTheParts() {
    MethodHandle maker = generator.define(new KeyShape(List.of(TEXT, LONG, UNTRUSTED), true));

    assertThat(maker.type().parameterList())
        .containsExactly(Object.class, String.class, long.class, Object.class);
    assertThat(maker.type().returnType().isHidden()).isTrue();
  }

  private static List<@Nullable Object> pick(List<Samples> parts, Random random) {
    List<@Nullable Object> picked = new ArrayList<>();
    for (Samples part : parts) {
      picked.add(part.values().get(random.nextInt(part.values().size())));
    }
    return picked;
  }

  private static @Nullable Object[] with(Object instance, List<@Nullable Object> arguments) {
    List<@Nullable Object> all = new ArrayList<>(arguments);
    all.add(0, instance);
    return all.toArray();
  }

  private static Key key(MethodHandle maker, @Nullable Object... arguments) {
    return made(maker, arguments).hashed();
  }

  private static Key made(MethodHandle maker, @Nullable Object... arguments) {
    try {
      return (Key) maker.invokeWithArguments(arguments);
    } catch (Throwable failure) {
      throw new AssertionError(failure);
    }
  }

  /** As the boxes hash, and arrays by content; the smaller integers and booleans as ints. */
  private static int hashOf(@Nullable Object value) {
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    return value != null && value.getClass().isArray()
        ? Arrays.deepHashCode(new Object[] {value})
        : Objects.hashCode(value);
  }
}
