package io.larder.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPartTest {

  /** In a woven class, which an agent of another version may read. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "254", "1.address.city", "0.stra\u00dfe", "2.$x_1"})
  void decode_encoded_isTheSame(String encoded) {
    assertThat(KeyPart.decode(encoded).encode()).isEqualTo(encoded);
  }

  @Test
  void decode_readsTheWayFromTheParameter() {
    assertThat(KeyPart.decode("12.address.city"))
        .isEqualTo(new KeyPart(12, List.of("address", "city")));
    assertThat(KeyPart.decode("3")).isEqualTo(KeyPart.of(3));
  }

  @Test
  void properties_areCopied() {
    List<String> mine = new ArrayList<>(List.of("address"));
    KeyPart part = new KeyPart(0, mine);
    mine.add("city");
    assertThat(part.properties()).containsExactly("address");
  }
}
