package io.larder.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.runtime.model.KeyFixtures.Any;
import io.larder.runtime.model.KeyFixtures.Other;
import io.larder.runtime.model.KeyFixtures.TextAndNumber;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyTest {

  private static final InstanceKey.Owner NO_OWNER =
      new InstanceKey.Owner() {
        private final ReferenceQueue<Object> queue = new ReferenceQueue<>();

        @Override
        public ReferenceQueue<Object> goneInstances() {
          return queue;
        }

        @Override
        public void drop(Key key) {
          throw new AssertionError("belongs to no instance");
        }
      };

  private static Key any(Object argument) {
    return new Any(argument).hashed();
  }

  @Test
  void equals_sameArguments_isTrue() {
    assertThat(new TextAndNumber("a", 1))
        .isEqualTo(new TextAndNumber("a", 1))
        .hasSameHashCodeAs(new TextAndNumber("a", 1))
        .isNotEqualTo(new TextAndNumber("a", 2))
        .isNotEqualTo(new TextAndNumber("b", 1))
        .isNotEqualTo(new TextAndNumber(null, 1))
        .isNotEqualTo("a");
    assertThat(new TextAndNumber(null, 1)).isEqualTo(new TextAndNumber(null, 1));
  }

  @Test
  void equals_anotherMethodsKey_isFalse() {
    Key one = any("a");
    Key other = new Other("a").hashed();
    assertThat(one).hasSameHashCodeAs(other).isNotEqualTo(other);
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void equals_otherHash_asksNoArgument() {
    Object neverAsked =
        new Object() {
          @Override
          public int hashCode() {
            return 1;
          }

          @Override
          public boolean equals(Object other) {
            throw new AssertionError("asked");
          }
        };
    assertThat(any(neverAsked).equals(any("a"))).isFalse();
  }

  @Test
  void hashed_hashCodeThrows_throws() {
    Object broken =
        new Object() {
          @Override
          public int hashCode() {
            throw new IllegalStateException("mine");
          }
        };
    assertThatThrownBy(() -> any(broken)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void toString_neverShowsArguments() {
    assertThat(any("secret").toString()).startsWith("Key#").doesNotContain("secret");
  }

  static Stream<Object[]> arrays() {
    return Stream.of(
        new Object[] {new int[] {1, 2}, new int[] {1, 2}, new int[] {1, 3}},
        new Object[] {new byte[] {1}, new byte[] {1}, new byte[] {1, 1}},
        new Object[] {new double[] {Double.NaN}, new double[] {Double.NaN}, new double[] {0}},
        new Object[] {new String[] {"a", null}, new String[] {"a", null}, new String[] {"a", "b"}},
        new Object[] {
          new Object[] {new long[] {1}, "x"},
          new Object[] {new long[] {1}, "x"},
          new Object[] {new long[] {2}, "x"}
        });
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void equals_arrays_compareByContent(Object one, Object same, Object different) {
    assertThat(any(one)).isEqualTo(any(same)).hasSameHashCodeAs(any(same));
    assertThat(any(one)).isNotEqualTo(any(different));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void detach_arrays_areEqualCopies(Object one, Object same, Object different) {
    Key stored = any(one).detach(NO_OWNER);
    assertThat(((Any) stored).argument()).isNotSameAs(one).hasSameClassAs(one);
    assertThat(any(same)).isEqualTo(stored);
    assertThat(stored).isEqualTo(any(same)).hasSameHashCodeAs(any(same));
    assertThat(any(different)).isNotEqualTo(stored);
  }

  @Test
  void detach_arrayChangesLater_staysAsItWas() {
    long[] inner = {1};
    Object[] outer = {inner, "x"};
    Key stored = any(outer).detach(NO_OWNER);
    inner[0] = 2;
    outer[1] = "y";
    assertThat(stored).isEqualTo(any(new Object[] {new long[] {1}, "x"}));
    assertThat(stored).isNotEqualTo(any(outer));
  }

  static Stream<Object> collections() {
    IdentityHashMap<Object, Object> byIdentity = new IdentityHashMap<>();
    byIdentity.put("a", 1);
    return Stream.of(
        new ArrayList<>(List.of("a", "b")),
        new CopyOnWriteArrayList<>(List.of("a")),
        Arrays.asList("a", null),
        List.of("a", "b"),
        new ArrayList<>(List.of("a", "b", "c")).subList(1, 2),
        new HashSet<>(Set.of("a", "b")),
        new TreeSet<>(Set.of("b", "a")),
        EnumSet.of(TimeUnit.DAYS),
        new HashMap<>(Map.of("a", 1)),
        new TreeMap<>(Map.of("a", 1)),
        new LinkedHashMap<>(Map.of("a", 1)),
        new ConcurrentHashMap<>(Map.of("a", 1)),
        new EnumMap<>(Map.of(TimeUnit.DAYS, 1)),
        byIdentity);
  }

  @ParameterizedTest
  @MethodSource("collections")
  void detach_collectionOfTheJdk_isAnEqualCopy(Object collection) {
    Key stored = any(collection).detach(NO_OWNER);
    assertThat(((Any) stored).argument()).isNotSameAs(collection);
    assertThat(any(collection).equals(stored)).isTrue();
    assertThat(stored.hashCode()).isEqualTo(any(collection).hashCode());
  }

  @Test
  void detach_collectionChangesLater_staysAsItWas() {
    List<String> list = new ArrayList<>(List.of("a"));
    Key stored = any(list).detach(NO_OWNER);
    list.add("b");
    assertThat(stored).isEqualTo(any(List.of("a"))).isNotEqualTo(any(list));
  }

  @Test
  void detach_nestedCollectionChangesLater_isNeverFoundUnderTheNewContent() {
    List<List<String>> list = List.of(new ArrayList<>(List.of("a")));
    Key stored = any(list).detach(NO_OWNER);
    list.get(0).set(0, "b");
    assertThat(any(List.of(List.of("b"))).equals(stored)).isFalse(); // it has the old hash
    assertThat(any(List.of(List.of("a"))).equals(stored)).isFalse();
  }

  @Test
  void detach_collectionOfTheApplication_isKeptAsItIs() {
    List<String> own =
        new ArrayList<>() {
          private static final long serialVersionUID = 1L;
        };
    assertThat(((Any) any(own).detach(NO_OWNER)).argument()).isSameAs(own);
  }

  @Test
  void detach_null_isNull() {
    Key stored = new Any(null).hashed().detach(NO_OWNER);
    assertThat(stored).isEqualTo(new Any(null).hashed());
  }
}
