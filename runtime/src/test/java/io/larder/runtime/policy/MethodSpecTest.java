package io.larder.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MethodSpecTest {

  static Stream<MethodSpec> specs() {
    PolicySettings odd =
        PolicyFixtures.declared(new CachePolicy(null, 0, 1536, Duration.ofNanos(1_500_001)));
    return Stream.of(
        spec("find", "(J)Ljava/lang/String;", List.of(0), InstanceRule.SEPARATE),
        spec("find", "()I", List.of(), InstanceRule.EQUAL),
        spec("f", "([[Ljava/lang/String;JZ)[J", List.of(2, 0), InstanceRule.INTERCHANGEABLE),
        spec(
            "pr\u00e4zise,suche-\u6587 it's",
            "(Ljava/util/List;)D",
            List.of(0),
            InstanceRule.SEPARATE),
        // Kotlin's `fun \`total (net)\`(...)`: the class file format allows parentheses.
        spec("total (net)", "(I)Ljava/lang/Object;", List.of(0), InstanceRule.SEPARATE),
        new MethodSpec(
            "s",
            "(I)I",
            true,
            "a.b_c-D9",
            List.of(new KeyPart(0, List.of("address", "city")), KeyPart.of(0)),
            InstanceRule.SEPARATE,
            List.of("result.empty", "result.name == 'a;b,c'"),
            odd));
  }

  private static MethodSpec spec(
      String name, String descriptor, List<Integer> keyParameters, InstanceRule rule) {
    return new MethodSpec(
        name,
        descriptor,
        false,
        "com.acme.Dao.find",
        keyParameters.stream().map(KeyPart::of).toList(),
        rule,
        List.of(),
        PolicySettings.NONE.with(PolicySetting.TTL, "30s"));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void decode_encoded_isTheSame(MethodSpec spec) {
    assertThat(MethodSpec.decode(spec.encode())).isEqualTo(spec);
  }

  @Test
  void encode_isStable() {
    assertThat(spec("find", "(JI)I", List.of(0, 1), InstanceRule.EQUAL).encode())
        .isEqualTo(
            String.join(
                "\u001f",
                "instance",
                "com.acme.Dao.find",
                "0\u001e1",
                "EQUAL",
                "",
                "",
                "TTL=30s",
                "find(JI)I"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "static", "static\u001fa\u001f\u001fSEPARATE\u001f\u001f\u001fnoDescriptor"})
  void decode_damaged_throws(String encoded) {
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> MethodSpec.decode(encoded)))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void keyParameters_areCopied() {
    List<KeyPart> mine = new ArrayList<>(List.of(KeyPart.of(0)));
    MethodSpec spec =
        new MethodSpec(
            "find", "(JI)I", true, "a", mine, InstanceRule.EQUAL, List.of(), PolicySettings.NONE);
    mine.add(KeyPart.of(1));
    assertThat(spec.key()).containsExactly(KeyPart.of(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a,b", "a\"b", "a*", "\u00fcber", "a;b"})
  void new_cacheNameOfOtherCharacters_isRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new MethodSpec(
                    "f",
                    "()I",
                    true,
                    name,
                    List.of(),
                    InstanceRule.SEPARATE,
                    List.of(),
                    PolicySettings.NONE))
        .withMessage("name must be 1 to 200 letters, digits, '.', '_' or '-': \"" + name + "\"");
  }
}
