package io.larder.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.runtime.codec.DamagedEntryException.Reason;
import java.lang.reflect.Type;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The codec json with a Jackson 3 of the application, where no Jackson 2 is. */
class Jackson3Test {

  private static final String QUOTE =
      "package shop; public record Quote(long id, java.math.BigDecimal price, Kind kind,"
          + " java.time.OffsetDateTime at, java.time.ZonedDateTime there, java.util.Optional<String> note, java.util.List<Quote>"
          + " parts) { public static Quote quote() { return new Quote(5, new"
          + " java.math.BigDecimal(\"9.90\"), Kind.TWO,"
          + " java.time.OffsetDateTime.parse(\"2026-11-26T12:00:00+02:00\"),"
          + " java.time.ZonedDateTime.parse(\"2026-11-26T12:00:00+01:00[Europe/Berlin]\"),"
          + " java.util.Optional.of(\"n\"), java.util.List.of()); } }";
  private static final String KIND = "package shop; public enum Kind { ONE, TWO }";

  private final CompiledApplication application = CompiledApplication.of(QUOTE, KIND);

  private static URL[] jars() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("target", "jackson3"))) { // see the pom
      return files.map(Jackson3Test::url).toArray(URL[]::new);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Type returned() throws Exception {
    return application.returned("shop.Quote", "quote");
  }

  @Test
  void json_jackson3_writesAndReads() throws Exception {
    try (URLClassLoader loader = new URLClassLoader(jars(), application)) {
      assertThatThrownBy(() -> loader.loadClass("com.fasterxml.jackson.databind.ObjectMapper"))
          .as("that it is not Jackson 2")
          .isInstanceOf(ClassNotFoundException.class);
      ValueCodec codec = ValueCodecs.of("json", loader, returned(), AllowedClasses.none());
      Object quote = application.call("shop.Quote", "quote");

      byte[] json = codec.encode(quote);
      assertThat(new String(json, StandardCharsets.UTF_8))
          .isEqualTo(
              "{\"id\":5,\"price\":9.90,\"kind\":\"TWO\",\"at\":\"2026-11-26T12:00:00+02:00\","
                  + "\"there\":\"2026-11-26T12:00:00+01:00[Europe/Berlin]\",\"note\":\"n\",\"parts\":[]}");
      assertThat(codec.decode(json)).isEqualTo(quote);
    }
  }

  @Test
  void json_jackson3_strangeBytes_areDamaged() throws Exception {
    try (URLClassLoader loader = new URLClassLoader(jars(), application)) {
      ValueCodec codec = ValueCodecs.of("json", loader, returned(), AllowedClasses.none());
      for (String json : new String[] {"{\"id\":5,\"more\":1}", "{\"id\":5} 7", "[", ""}) {
        assertThatThrownBy(() -> codec.decode(json.getBytes(StandardCharsets.UTF_8)))
            .as(json)
            .isInstanceOfSatisfying(
                DamagedEntryException.class,
                damaged -> assertThat(damaged.reason()).isEqualTo(Reason.VALUE))
            .hasMessageStartingWith("Jackson cannot read it: tools.jackson.");
      }
    }
  }
}
