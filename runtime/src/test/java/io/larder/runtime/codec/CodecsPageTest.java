package io.larder.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/codecs.md shows, done. */
class CodecsPageTest {

  private static String page() throws Exception {
    return Files.readString(Path.of("..", "docs", "codecs.md"));
  }

  private static String block(String language) throws Exception {
    Matcher matcher = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(page());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @Test
  void example_isStored() throws Exception {
    CompiledApplication shop = CompiledApplication.of(block("java"));
    ValueCodec codec =
        ValueCodecs.of(
            "auto",
            shop,
            shop.returned("com.acme.shop.Orders", "find"),
            AllowedClasses.of("com.acme.shop.Orders$Line"));
    Object order = shop.call("com.acme.shop.Orders", "find");
    assertThat(codec.decode(codec.encode(order))).isEqualTo(order);
    assertThat(codec.id()).isEqualTo(ForyCodec.ID);
  }

  @Test
  void message_isTheOneThatPeopleRead() throws Exception {
    assertThat(page()).contains("\n" + Names.notAllowed("com.acme.shop.Cheque") + "\n");
  }

  @Test
  void json_isTheOneThatJacksonWrites() throws Exception {
    record Line(String sku, int quantity, BigDecimal price) {}
    record Transfer(String iban) {}
    record Order(long id, List<Line> lines, Transfer payment) {}
    Line line = new Line("a-1", 2, new BigDecimal("9.90"));
    byte[] json =
        ValueCodecs.of("json", getClass().getClassLoader(), Order.class, AllowedClasses.none())
            .encode(new Order(5, List.of(line), new Transfer("DE00")));
    assertThat(block("json")).isEqualTo(new String(json, StandardCharsets.UTF_8) + "\n");
  }
}
