package io.larder.runtime.shared;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.larder.runtime.codec.KeyHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BusMessageTest {

  static Stream<Forgotten> forgotten() {
    return Stream.of(
        Forgotten.key("prices", new KeyHash(1, -2)),
        Forgotten.tag("", "product:\u00e9"),
        Forgotten.tag("prices", "x".repeat(100_000)),
        Forgotten.cache("prices"));
  }

  /** As Redis puts the number in front. */
  private static byte[] numbered(String number, byte[] body) {
    byte[] front = (number + " ").getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[front.length + body.length];
    System.arraycopy(front, 0, all, 0, front.length);
    System.arraycopy(body, 0, all, front.length, body.length);
    return all;
  }

  @ParameterizedTest
  @MethodSource("forgotten")
  void decode_whatWasWritten_isIt(Forgotten what) {
    byte[] body = BusMessage.forgotten(/* sender= */ -7, /* epoch= */ 9, what).body();
    BusMessage read = requireNonNull(BusMessage.decode(numbered("114688000000123", body)));
    assertThat(read.forgotten()).isEqualTo(what);
    assertThat(read.number()).isEqualTo(114688000000123L);
    assertThat(read.sender()).isEqualTo(-7);
    assertThat(read.epoch()).isEqualTo(9);
  }

  @Test
  void decode_heartbeat_hasNoNumber() {
    BusMessage read = requireNonNull(BusMessage.decode(BusMessage.heartbeat(3, 4).unnumbered()));
    assertThat(read.kind()).isEqualTo(BusMessage.Kind.HEARTBEAT);
    assertThat(read.number()).isZero();
  }

  @Test
  void decode_anythingElse_isNone() {
    byte[] whole = numbered("7", BusMessage.forgotten(1, 2, Forgotten.tag("cache", "tag")).body());
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 10));
      if (damaged.length != whole.length) {
        assertThat(BusMessage.decode(damaged)).isNull();
      }
      for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      assertThatCode(() -> BusMessage.decode(damaged)).doesNotThrowAnyException();
    }
    assertThat(BusMessage.decode("hello".getBytes(StandardCharsets.UTF_8))).isNull();
    assertThat(BusMessage.decode(new byte[0])).isNull();
  }

  @Test
  void toString_showsNoNames() {
    assertThat(BusMessage.forgotten(1, 2, Forgotten.tag("cache", "secret")).toString())
        .isEqualTo("BusMessage TAG 0");
    assertThat(Forgotten.tag("cache", "secret").toString()).isEqualTo("Forgotten TAG");
  }
}
