package io.larder.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class EncodingTest {

  @Test
  void fields_encoded_areReadBack() {
    assertThat(Encoding.fields(Encoding.fields("a", "", "b;c,d=e"), 3))
        .containsExactly("a", "", "b;c,d=e");
    assertThat(Encoding.fields(Encoding.fields("", "", ""), 3)).containsExactly("", "", "");
  }

  /** A method's name, in the last field, may have any character but a few. */
  @Test
  void fields_last_mayHoldTheSeparator() {
    String name = "odd\u001fname()V";
    assertThat(Encoding.fields(Encoding.fields("a", name), 2)).containsExactly("a", name);
  }

  @Test
  void fields_tooFew_isNoSpec() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Encoding.fields("a\u001fb", 3))
        .withMessage("not a spec: \"a\u001fb\"");
  }

  @Test
  void list_encoded_isReadBack() {
    for (List<String> list : List.of(List.of("a", "b,c"), List.of("only"), List.of("a", ""))) {
      assertThat(Encoding.list(Encoding.list(list, text -> text), text -> text)).isEqualTo(list);
    }
  }

  @Test
  void list_empty_hasNoElements() {
    assertThat(Encoding.list(Encoding.list(List.<String>of(), text -> text), text -> text))
        .isEmpty();
  }
}
