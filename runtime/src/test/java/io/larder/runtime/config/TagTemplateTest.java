package io.larder.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagTemplateTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prices",
        "product:{id}",
        "{0}",
        "{id}{result.brand.id}",
        "brand:{result.brand.id} of {1.country}!"
      })
  void parse_text_readsBackAsTheSame(String text) {
    assertThat(TagTemplate.parse(text).text()).isEqualTo(text);
  }

  @Test
  void parse_splitsTextsAndPaths() {
    assertThat(TagTemplate.parse("a{id}{user.id}b"))
        .isEqualTo(
            new TagTemplate(
                List.of("a", "", "b"), List.of(KeyPath.parse("id"), KeyPath.parse("user.id"))));
  }

  @Test
  void with_replacesThePaths() {
    assertThat(TagTemplate.parse("a{id}b").with(path -> KeyPath.parse("0")).text())
        .isEqualTo("a{0}b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | a tag is empty; write product:{id} or brand:{result.brand.id}",
        "' ' | a tag is empty; write product:{id} or brand:{result.brand.id}",
        "a{id | tag \"a{id\": a } is missing behind \"{id\"",
        "a}b | tag \"a}b\": a { is missing before a }",
        "a{b}} | tag \"a{b}}\": a { is missing before a }",
        "a{} | tag \"a{}\": \"\" must be a parameter's name or position, and properties behind it;"
            + " write user, 0 or user.id",
        "a{id()} | tag \"a{id()}\": \"id()\": a property is read without \"()\"; write id",
      })
  void parse_wrong_saysWhatAndHow(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TagTemplate.parse(text))
        .withMessage(message);
  }

  @Test
  void parse_controlCharacter_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TagTemplate.parse("a\u001fb"))
        .withMessage("a tag cannot hold control characters");
  }
}
