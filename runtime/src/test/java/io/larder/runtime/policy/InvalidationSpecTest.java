package io.larder.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.larder.runtime.policy.InvalidationSpec.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InvalidationSpecTest {

  private static final Target ALL_PRICES = new Target("prices", /* everything= */ true, List.of());
  private static final Target ONE_PRICE =
      new Target(
          "com.acme.PriceDao.find",
          /* everything= */ false,
          List.of(KeyPart.of(1), new KeyPart(0, List.of("address", "city"))));

  /** All calls share one entry: not the same as everything. */
  private static final Target THE_ONE_RATE =
      new Target("rates", /* everything= */ false, List.of());

  static Stream<InvalidationSpec> specs() {
    return Stream.of(
        new InvalidationSpec("save", "(JLjava/lang/String;)V", false, List.of(ALL_PRICES)),
        new InvalidationSpec("save", "()V", true, List.of(ONE_PRICE)),
        new InvalidationSpec("save", "()V", true, List.of(THE_ONE_RATE)),
        new InvalidationSpec("save", "()V", true, List.of(THE_ONE_RATE, ALL_PRICES, ONE_PRICE)),
        new InvalidationSpec("total (net)", "(I)V", false, List.of(ALL_PRICES)));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void decode_encoded_isTheSame(InvalidationSpec spec) {
    assertThat(InvalidationSpec.decode(spec.encode())).isEqualTo(spec);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void isEncoded_tellsItFromACachedMethod(InvalidationSpec spec) {
    assertThat(InvalidationSpec.isEncoded(spec.encode())).isTrue();
    for (boolean isStatic : new boolean[] {true, false}) {
      MethodSpec cached =
          new MethodSpec(
              "invalidation",
              spec.descriptor(),
              isStatic,
              "invalidation",
              List.of(),
              InstanceRule.SEPARATE,
              List.of(),
              PolicySettings.NONE);
      assertThat(InvalidationSpec.isEncoded(cached.encode())).isFalse();
    }
  }

  @Test
  void decode_damaged_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> InvalidationSpec.decode("invalidation"));
  }

  @Test
  void signature_isAsPeopleReadIt() {
    assertThat(specs().map(InvalidationSpec::signature).toList().get(0))
        .isEqualTo("save(long, String)");
  }
}
