package io.larder.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.time.Month;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyCodecTest {

  record Point(int x, int y) {}

  record Tuple(int y, int x) {}

  record Lenient(String name) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Lenient it && it.name.equalsIgnoreCase(name);
    }

    @Override
    public int hashCode() {
      return name.toLowerCase(java.util.Locale.ROOT).hashCode();
    }
  }

  record FinalLenient(String name) {
    @Override
    public final boolean equals(@Nullable Object other) {
      return other instanceof FinalLenient it && it.name.equalsIgnoreCase(name);
    }

    @Override
    public int hashCode() {
      return Objects.hash(1);
    }
  }

  record Holder(InputStream stream) {}

  record Tree(@Nullable Tree left, Object value) {}

  static class Mutable {}

  static byte[] encode(@Nullable Object... arguments) throws NotStorableException {
    return KeyCodec.of(Collections.nCopies(arguments.length, Object.class)).encode(arguments);
  }

  @Test
  void encode_equalCollectionsOfOtherClasses_sameBytes() throws Exception {
    assertThat(encode(new ArrayList<>(List.of(1, 2))))
        .isEqualTo(encode(List.of(1, 2)))
        .isEqualTo(encode(new CopyOnWriteArrayList<>(List.of(1, 2))))
        .isEqualTo(encode(Arrays.asList(1, 2)))
        .isNotEqualTo(encode(List.of(2, 1)));
    Map<String, Integer> inOrder = new LinkedHashMap<>();
    Map<String, Integer> reversed = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      inOrder.put("n" + i, i);
      reversed.put("n" + (99 - i), 99 - i);
      names.add("n" + i);
    }
    assertThat(encode(inOrder))
        .isEqualTo(encode(reversed))
        .isEqualTo(encode(new TreeMap<>(inOrder)));
    assertThat(encode(names)).isEqualTo(encode(reversed.keySet()));
  }

  @Test
  void encode_sameNumberOfOtherType_otherBytes() throws Exception {
    List<byte[]> ones =
        List.of(
            encode((byte) 1),
            encode((short) 1),
            encode(1),
            encode(1L),
            encode((char) 1),
            encode(1f),
            encode(1d),
            encode("1"),
            encode(true));
    assertThat(ones.stream().map(Arrays::toString)).doesNotHaveDuplicates();
  }

  @Test
  void encode_floats_asEqualsHasIt() throws Exception {
    float otherNaN = Float.intBitsToFloat(0x7fc00001);
    double otherNaND = Double.longBitsToDouble(0x7ff8000000000001L);
    assertThat(encode(otherNaN)).isEqualTo(encode(Float.NaN));
    assertThat(encode(otherNaND)).isEqualTo(encode(Double.NaN));
    assertThat(encode(-0.0f)).isNotEqualTo(encode(0.0f));
    assertThat(encode(-0.0)).isNotEqualTo(encode(0.0));
    assertThat(encode(new double[] {otherNaND, -0.0}))
        .isEqualTo(encode(new double[] {Double.NaN, -0.0}));
  }

  @Test
  void encode_textWithHalfASurrogatePair_isNotReplaced() throws Exception {
    assertThat(encode("a\ud83d")).isNotEqualTo(encode("a\ude00")).isNotEqualTo(encode("a?"));
    assertThat(encode("a\ud83d\ude00")).isNotEqualTo(encode("a\ud83d"));
  }

  @Test
  void encode_boundariesBetweenArguments_count() throws Exception {
    assertThat(encode("ab", "c")).isNotEqualTo(encode("a", "bc"));
    assertThat(encode(List.of(1), 2)).isNotEqualTo(encode(List.of(1, 2)));
    assertThat(encode(List.of(List.of(1), List.of())))
        .isNotEqualTo(encode(List.of(List.of(), List.of(1))));
    assertThat(encode(Map.of(1, 2))).isNotEqualTo(encode(Set.of(1, 2)));
    assertThat(encode(null, "a")).isNotEqualTo(encode("a", null));
  }

  @Test
  void encode_arrays_byContent() throws Exception {
    assertThat(encode((Object) new String[] {"a"})).isEqualTo(encode((Object) new Object[] {"a"}));
    assertThat(encode((Object) new int[][] {{1}, {2}}))
        .isEqualTo(encode((Object) new int[][] {{1}, {2}}))
        .isNotEqualTo(encode((Object) new int[][] {{1, 2}, {}}));
    assertThat(encode(new int[] {1})).isNotEqualTo(encode(new long[] {1}));
  }

  @Test
  void encode_records_byClassAndNames() throws Exception {
    assertThat(encode(new Point(1, 2))).isEqualTo(encode(new Point(1, 2)));
    assertThat(encode(new Point(1, 2))).isNotEqualTo(encode(new Tuple(1, 2)));
    assertThat(encode(new Point(1, 2))).isNotEqualTo(encode(new Point(2, 1)));
  }

  @Test
  void encode_enums_byName() throws Exception {
    assertThat(encode(TimeUnit.SECONDS)).isEqualTo(encode(TimeUnit.valueOf("SECONDS")));
    assertThat(encode(TimeUnit.SECONDS)).isNotEqualTo(encode(TimeUnit.MINUTES));
    assertThat(encode(Month.MAY)).isNotEqualTo(encode("MAY"));
  }

  @Test
  void encode_uris_asEqualsHasIt() throws Exception {
    assertThat(encode(URI.create("HTTP://Example.org/%7ea?q=%c3")))
        .isEqualTo(encode(URI.create("http://example.ORG/%7Ea?q=%C3")));
    List<URI> all =
        List.of(
            URI.create("http://u@a:1/p?q#f"),
            URI.create("http://a:1/p?q#f"),
            URI.create("http://u@a/p?q#f"),
            URI.create("http://u@a:1/p?q"),
            URI.create("http://u@a:1/p#f"),
            URI.create("http://u@a:1/P?q#f"),
            URI.create("mailto:a"),
            URI.create("mailto:A"),
            URI.create("/p"),
            URI.create("p"),
            URI.create(""),
            URI.create("x://a_b"),
            URI.create("x://A_b"));
    for (URI one : all) {
      for (URI other : all) {
        assertThat(Arrays.equals(encode(one), encode(other)))
            .as("%s and %s", one, other)
            .isEqualTo(one.equals(other));
      }
    }
  }

  @Test
  void encode_recordWithItsOwnEquals_refused() {
    assertThatThrownBy(() -> encode(new Lenient("a")))
        .isInstanceOf(NotStorableException.class)
        .hasMessage(
            Lenient.class.getName()
                + " has an equals of its own, so equal ones may have different bytes. Leave equals"
                + " to the compiler, or name the components that count as the key.");
    assertThatThrownBy(() -> encode(new FinalLenient("a")))
        .isInstanceOf(NotStorableException.class)
        .hasMessageContaining("has an equals of its own");
  }

  @Test
  void encode_unknownClass_refusedByName() {
    assertThatThrownBy(() -> encode(List.of(new Mutable())))
        .isInstanceOf(NotStorableException.class)
        .hasMessage(
            Mutable.class.getName()
                + " has no bytes that mean the same in another JVM: it is neither a value, list,"
                + " set or map of the JDK nor an enum nor a record. Make it a record, or name those"
                + " of its properties that count as the key.");
    for (Object refused :
        List.of(
            new Object(),
            Object.class,
            Thread.currentThread(),
            new ArrayDeque<>(),
            Map.of(1, 2).values(),
            new IdentityHashMap<>(),
            new ArrayList<>() {},
            (Runnable) () -> {})) {
      assertThatThrownBy(() -> encode(refused)).isInstanceOf(NotStorableException.class);
    }
  }

  @Test
  void encode_listThatHoldsItself_refused() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    assertThatThrownBy(() -> encode(list))
        .isInstanceOf(NotStorableException.class)
        .hasMessage("An argument is nested more than 64 deep, or holds itself.");
    Tree tree = new Tree(null, 1);
    for (int i = 0; i < 100; i++) {
      tree = new Tree(tree, 1);
    }
    Tree deep = tree;
    assertThatThrownBy(() -> encode(deep)).isInstanceOf(NotStorableException.class);
  }

  @Test
  void encode_moreThanAMebibyte_refused() {
    assertThatThrownBy(() -> encode("x".repeat(1 << 20)))
        .isInstanceOf(NotStorableException.class)
        .hasMessage("The arguments take more than 1048576 bytes, too many for a shared key.");
    List<Object> doubled = List.of();
    for (int i = 0; i < 40; i++) {
      doubled = List.of(doubled, doubled);
    }
    Object bomb = doubled;
    assertThatThrownBy(() -> encode(bomb)).isInstanceOf(NotStorableException.class);
  }

  @Test
  void encode_listThatThrows_refused() {
    List<Integer> failing =
        Collections.unmodifiableList(
            new ArrayList<>() {
              @Override
              public java.util.Iterator<Integer> iterator() {
                throw new java.util.ConcurrentModificationException("secret");
              }
            });
    assertThatThrownBy(() -> encode(failing))
        .isInstanceOf(NotStorableException.class)
        .hasMessage("An argument could not be read: java.util.ConcurrentModificationException.");
  }

  @Test
  void encode_otherNumberOfArguments_isAMistake() throws Exception {
    KeyCodec codec = KeyCodec.of(List.of(int.class));
    assertThatThrownBy(() -> codec.encode(1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the key has 1 parts, not 2");
  }

  @Test
  void of_typesThatCannotBe_refusedAtOnce() {
    for (Class<?> type :
        List.of(
            InputStream.class,
            Mutable.class,
            Mutable[].class,
            Holder.class,
            Lenient.class,
            Class.class,
            StringBuilder.class,
            Thread.class)) {
      assertThatThrownBy(() -> KeyCodec.of(List.of(int.class, type)))
          .isInstanceOf(NotStorableException.class)
          .hasMessageStartingWith("Part 2 of the key: ");
    }
    assertThatThrownBy(() -> KeyCodec.of(List.of(Holder.class)))
        .hasMessageStartingWith(
            "Part 1 of the key: "
                + Holder.class.getName()
                + ".stream: java.io.InputStream has no bytes that mean the same in another JVM: ");
  }

  @Test
  void of_typesThatMayBe_taken() throws Exception {
    KeyCodec.of(
        List.of(
            int.class,
            String.class,
            Object.class,
            Comparable.class,
            Runnable.class,
            Number.class,
            Record.class,
            Enum.class,
            Collection.class,
            java.util.AbstractList.class,
            int[][].class,
            Object[].class,
            Point.class,
            Tree.class,
            TimeUnit.class,
            java.time.ZoneId.class,
            Map.class));
  }
}
