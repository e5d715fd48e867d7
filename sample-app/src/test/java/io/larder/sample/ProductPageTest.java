package io.larder.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProductPageTest {

  private static final PageRequest SEVEN = new PageRequest(7, Currency.EUR, Region.NORTH);

  private static Database database;
  private static ProductPage page;

  @BeforeAll
  static void open() throws Exception {
    database = SampleFixtures.database();
    page = new ProductPage(database);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void render_knownProduct_showsEachPart() {
    assertThat(page.render(SEVEN))
        .hasValueSatisfying(
            html ->
                assertThat(html)
                    .startsWith("<!DOCTYPE html>")
                    .contains("LS-000007")
                    .contains(" EUR</p>")
                    .contains("Lowest price of the last 30 days")
                    .contains(" in stock</h2>")
                    .contains("(NORTH)")
                    .containsPattern("\\d\\.\\d stars by \\d+ customers in \\d+ cities")
                    .contains("Often bought together")
                    .contains("Similar and well rated")
                    .contains("Bestsellers in Repair")
                    .contains("Brands in Kitchen")
                    .endsWith("</body>\n</html>\n"));
  }

  @Test
  void render_sameRequestInAnotherDatabase_isTheSameToTheByte() throws Exception {
    String html = page.render(SEVEN).orElseThrow();
    try (Database other = SampleFixtures.database()) {
      assertThat(new ProductPage(other).render(SEVEN)).contains(html);
    }
    assertThat(page.render(SEVEN)).contains(html);
  }

  @Test
  void render_anyDay_isTheSameAsEver() throws Exception {
    byte[] html = page.render(SEVEN).orElseThrow().getBytes(StandardCharsets.UTF_8);
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(html)))
        .isEqualTo("1c1aadd3a29e881914bbd175a3cff112873a57cc3780e94db0db8d86454a4409");
  }

  @Test
  void render_otherCurrencyOrRegion_isAnotherPage() {
    assertThat(page.render(SEVEN))
        .isNotEqualTo(page.render(new PageRequest(7, Currency.GBP, Region.NORTH)))
        .isNotEqualTo(page.render(new PageRequest(7, Currency.EUR, Region.SOUTH)));
  }

  @Test
  void render_unknownProduct_isEmpty() {
    assertThat(page.render(new PageRequest(240, Currency.EUR, Region.NORTH))).isEmpty();
  }

  @Test
  void render_specialCharacters_areEscaped() {
    assertThat(page.render(SEVEN).orElseThrow())
        .contains("lasts long &amp; needs no care")
        .doesNotContain("& ");
  }

  @Test
  void render_always_countsAndTimesTheQueries() {
    long queries = database.queryCount();
    long nanos = database.queryNanos();
    page.render(SEVEN);
    assertThat(database.queryCount() - queries).isEqualTo(10);
    assertThat(database.queryNanos()).isGreaterThan(nanos);
  }
}
