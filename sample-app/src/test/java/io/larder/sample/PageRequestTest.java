package io.larder.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageRequestTest {

  @Test
  void parse_pathOfARequest_givesTheRequest() {
    PageRequest request = new PageRequest(4711, Currency.GBP, Region.WEST);
    assertThat(request.toPath()).isEqualTo("/product/4711?currency=GBP&region=WEST");
    assertThat(PageRequest.parse(URI.create(request.toPath()))).isEqualTo(request);
  }

  @Test
  void parse_withoutQuery_takesTheDefaults() {
    assertThat(PageRequest.parse(URI.create("/product/1")))
        .isEqualTo(new PageRequest(1, Currency.EUR, Region.NORTH));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/product/x | product must be a number: \"x\" (as in /product/4711)",
        "/product/1?currency=XXX | unknown currency \"XXX\"; known: [EUR, USD, GBP]",
        "/product/1?region= | unknown region \"\"; known: [NORTH, EAST, SOUTH, WEST]",
        "/product/1?size=9 | unknown parameter \"size\"; known: currency, region"
      })
  void parse_wrong_saysWhatIsRight(String uri, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PageRequest.parse(URI.create(uri)))
        .withMessage(message);
  }
}
