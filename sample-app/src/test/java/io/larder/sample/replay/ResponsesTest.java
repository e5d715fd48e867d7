package io.larder.sample.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ResponsesTest {

  private static final byte[] A = {1};
  private static final byte[] B = {2};

  @Test
  void percentileMillis_hundredTimes_isTheNearestRank() {
    long[] nanos = LongStream.rangeClosed(1, 100).map(i -> (101 - i) * 1_000_000).toArray();
    Responses responses = new Responses(nanos, new byte[100][], Duration.ofSeconds(4));
    assertThat(responses.percentileMillis(50)).isEqualTo(50.0);
    assertThat(responses.percentileMillis(99)).isEqualTo(99.0);
    assertThat(responses.percentileMillis(100)).isEqualTo(100.0);
    assertThat(responses.perSecond()).isEqualTo(25.0);
  }

  @Test
  void percentileMillis_oneTime_isThatTime() {
    Responses responses = new Responses(new long[] {2_500_000}, new byte[1][], Duration.ZERO);
    assertThat(responses.percentileMillis(50)).isEqualTo(2.5);
    assertThat(responses.percentileMillis(99)).isEqualTo(2.5);
  }

  @Test
  void firstDifference_sameDigests_isNone() {
    assertThat(of(A, B).firstDifference(of(A.clone(), B.clone()))).isEqualTo(-1);
  }

  @Test
  void firstDifference_otherDigestOrCount_isItsPlace() {
    assertThat(of(A, B).firstDifference(of(A, A))).isEqualTo(1);
    assertThat(of(A, B).firstDifference(of(A))).isEqualTo(1);
    assertThat(of(A).firstDifference(of(A, B))).isEqualTo(1);
  }

  private static Responses of(byte[]... digests) {
    return new Responses(new long[digests.length], digests, Duration.ofSeconds(1));
  }
}
