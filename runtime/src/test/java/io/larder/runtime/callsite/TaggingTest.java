package io.larder.runtime.callsite;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.coordinator.TagSource;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.policy.KeyPart;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaggingTest {

  record Brand(@Nullable String id) {}

  record Product(long id, @Nullable Brand brand) {
    String broken() {
      if (id > 0) {
        throw new IllegalStateException("secret");
      }
      return "whole";
    }
  }

  private static final Product CHAIR = new Product(1, new Brand("oak"));
  private static final Product TABLE = new Product(2, new Brand("pine"));

  private static Tagging tagging(String... templates) {
    return Tagging.of(MethodHandles.lookup(), "com.acme.Dao#find(long)", List.of(templates));
  }

  private static @Nullable List<String> tags(
      Tagging tagging, @Nullable Object result, @Nullable Object... arguments) {
    TagSource source = tagging.of(arguments);
    return source == null ? null : source.tags(result);
  }

  @Test
  void tags_ofArguments_areReadBeforeTheMethodRuns() {
    Object[] arguments = {7L, "en"};
    TagSource source =
        Objects.requireNonNull(tagging("product:{0}", "{1}/{0}", "all").of(arguments));
    arguments[0] = 8L;
    assertThat(source.needsResult()).isFalse();
    assertThat(source.tags("result")).containsExactly("product:7", "en/7", "all");
  }

  @Test
  void tags_ofProperties_goOnFromThere() {
    assertThat(tags(tagging("{0.brand.id}:{result.brand.id}"), TABLE, CHAIR))
        .containsExactly("oak:pine");
  }

  @Test
  void tags_ofCollectionsArraysAndOptionals_areThoseOfTheElements() {
    for (Object several :
        List.of(
            List.of(CHAIR, TABLE),
            new Product[] {CHAIR, TABLE},
            Optional.of(List.of(CHAIR, TABLE)),
            List.of(Optional.of(CHAIR), List.of(TABLE, CHAIR)))) {
      assertThat(tags(tagging("p:{result.id}"), several)).containsExactly("p:1", "p:2");
    }
    assertThat(tags(tagging("p:{0}"), null, new long[] {3, 4})).containsExactly("p:3", "p:4");
    assertThat(tags(tagging("{0}-{1}"), null, List.of(1, 2), List.of("a", "b")))
        .containsExactly("1-a", "1-b", "2-a", "2-b");
    assertThat(tags(tagging("p:{result.id}", "all"), List.of())).containsExactly("all");
  }

  @Test
  void tags_ofNull_haveTheWord() {
    assertThat(tags(tagging("{0}", "{result.brand.id}"), new Product(1, null), (Object) null))
        .containsExactly("null");
    assertThat(tags(tagging("{result}"), Arrays.asList("a", null))).containsExactly("a", "null");
    assertThat(tags(tagging("{result.id}"), Optional.empty())).containsExactly("null");
  }

  @Test
  void tags_thatCannotBeRead_areNone_andReportedOnce(LoggedLines lines) {
    Tagging tagging = tagging("{0.colour}");
    assertThat(tags(tagging, null, CHAIR)).isNull();
    assertThat(tags(tagging, null, CHAIR)).isNull();
    assertThat(lines.takeWarnings())
        .singleElement()
        .asString()
        .contains(
            "com.acme.Dao#find(long): a result whose tags cannot be read is not stored: "
                + Product.class.getName()
                + " has no property \"colour\"; it has: ");
    assertThat(tags(tagging("{result.broken}"), CHAIR)).isNull();
    assertThat(lines.takeWarnings())
        .singleElement()
        .asString()
        .endsWith("is not stored: java.lang.IllegalStateException");
  }

  @Test
  void ofKey_partsThatTheKeyHas_areTaken() {
    Tagging tagging = tagging("{0.brand.id}", "{1}", "{result}");
    List<KeyPart> key = List.of(KeyPart.of(1), new KeyPart(0, List.of("brand")));
    TagSource source = Objects.requireNonNull(tagging.ofKey(key, new Object[] {7, new Brand("x")}));
    assertThat(source.tags("r")).containsExactly("x", "7", "r");
  }

  @Test
  void ofKey_partsThatItHasNot_cannotBeTold() {
    Tagging tagging = tagging("{0.brand.id}");
    for (KeyPart other :
        List.of(
            KeyPart.of(1),
            new KeyPart(0, List.of("id")),
            new KeyPart(0, List.of("brand", "id", "length")))) {
      assertThat(tagging.ofKey(List.of(other), new Object[] {1})).isNull();
    }
    assertThat(tagging.ofKey(List.of(), new Object[0])).isNull();
  }

  @Test
  void tags_ofMaps_areThoseOfTheirValues() {
    assertThat(tags(tagging("{0.shop}"), null, Map.of("shop", 9))).containsExactly("9");
  }
}
