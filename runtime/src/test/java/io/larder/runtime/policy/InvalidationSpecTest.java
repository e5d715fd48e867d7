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

  private static final Target BY_TAGS =
      new Target(
          /* cacheName= */ "",
          InvalidationSpec.What.TAGS,
          List.of(),
          List.of("product:{0.id}", "a, b: {result}"),
          /* before= */ true,
          /* onFailure= */ true);

  private static final PutSpec PUT =
      new PutSpec(
          "prices",
          List.of(KeyPart.of(1), new KeyPart(KeyPart.RESULT, List.of("id"))),
          "find",
          List.of("result == null", "result.name == 'a,b'"));

  private static final MethodSpec SIBLING =
      new MethodSpec(
          "find",
          "(J)I",
          true,
          "prices",
          List.of(KeyPart.of(0), new KeyPart(0, List.of("id"))),
          InstanceRule.EQUAL,
          List.of("result == 'x'", "result == null"),
          List.of("product:{0}", "all"),
          PolicySettings.NONE.with(PolicySetting.TTL, "1m"));

  static Stream<InvalidationSpec> specs() {
    return Stream.of(
        new InvalidationSpec("save", "(JLjava/lang/String;)V", false, List.of(ALL_PRICES)),
        new InvalidationSpec("save", "()V", true, List.of(ONE_PRICE)),
        new InvalidationSpec("save", "()V", true, List.of(THE_ONE_RATE)),
        new InvalidationSpec("save", "()V", true, List.of(THE_ONE_RATE, ALL_PRICES, ONE_PRICE)),
        new InvalidationSpec(
            "save",
            "(Ljava/lang/String;)V",
            true,
            List.of(BY_TAGS, ALL_PRICES),
            List.of(PUT, new PutSpec("rates", List.of(), "", List.of())),
            List.of(SIBLING, SIBLING)),
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
