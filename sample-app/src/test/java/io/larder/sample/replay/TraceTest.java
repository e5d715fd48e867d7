package io.larder.sample.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.larder.sample.Currency;
import io.larder.sample.data.CatalogueSize;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceTest {

  @Test
  void web12_always_isTheWholeRecording() throws Exception {
    Trace trace = Trace.web12();
    assertThat(trace.size()).isEqualTo(95_607);
    assertThat(
            IntStream.range(0, trace.size())
                .mapToLong(i -> trace.request(i).productId())
                .distinct()
                .count())
        .isEqualTo(CatalogueSize.FULL.products());
    assertThat(IntStream.range(0, trace.size()).mapToLong(i -> trace.request(i).productId()).max())
        .hasValue(CatalogueSize.FULL.products() - 1);
  }

  @Test
  void request_samePlace_isTheSameRequest() throws Exception {
    Trace one = Trace.web12();
    Trace two = Trace.web12();
    for (int place = 0; place < one.size(); place += 97) {
      assertThat(one.request(place)).isEqualTo(two.request(place));
    }
  }

  @Test
  void request_manyPlaces_sevenInTenPayInEuro() throws Exception {
    Trace trace = Trace.web12();
    long euro =
        IntStream.range(0, trace.size())
            .filter(place -> trace.request(place).currency() == Currency.EUR)
            .count();
    assertThat((double) euro / trace.size()).isBetween(0.69, 0.71);
  }

  @Test
  void repeated_someRequests_countsThoseAfterTheFirstOfAProduct() throws Exception {
    Trace trace = TraceFixtures.ofProducts(5, 6, 5, 5, 6);
    assertThat(trace.repeated(2)).isZero();
    assertThat(trace.repeated(3)).isEqualTo(1);
    assertThat(trace.repeated(5)).isEqualTo(3);
  }

  @Test
  void from_place_goesOnWithTheSameRequests() throws Exception {
    Trace trace = TraceFixtures.ofProducts(5, 6, 5, 5, 6);
    Trace rest = trace.from(1).from(1);
    assertThat(rest.size()).isEqualTo(3);
    assertThat(rest.request(2)).isEqualTo(trace.request(4));
    assertThat(rest.repeated(3)).isEqualTo(1);
  }

  @Test
  void read_lines_givesThemInOrder() throws Exception {
    Trace trace = TraceFixtures.ofText("3\n1\n3\n");
    assertThat(IntStream.range(0, trace.size()).mapToLong(i -> trace.request(i).productId()))
        .containsExactly(3L, 1L, 3L);
  }

  @Test
  void read_notANumber_namesTheLine() {
    assertThatIOException()
        .isThrownBy(() -> TraceFixtures.ofText("3\nmilk\n"))
        .withMessage("test:2: not a product number: milk");
    assertThatIOException()
        .isThrownBy(() -> TraceFixtures.ofText("-3\n"))
        .withMessage("test:1: not a product number: -3");
  }
}
