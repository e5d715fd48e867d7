package io.larder.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schema for editors knows the words that the code knows. JSON is YAML, so that reads it. */
class SchemaTest {

  private static Map<?, ?> schema = Map.of();

  @BeforeAll
  static void read() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "larder.schema.json"));
    schema = map(new Load(LoadSettings.builder().build()).loadFromString(text));
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return (Map<?, ?>) Objects.requireNonNull(value);
  }

  private static Map<?, ?> definition(String name) {
    return map(map(schema.get("$defs")).get(name));
  }

  private static Map<?, ?> section(Place place) {
    return switch (place) {
      case FILE -> schema;
      case DISK -> definition("disk");
      case REDIS -> definition("redis");
      case DEFAULTS -> definition("defaults");
      case CACHE -> definition("cache");
      case METHOD -> definition("method");
      case INVALIDATION -> definition("invalidation");
      case PUT -> definition("put");
    };
  }

  private static Map<?, ?> property(Place place, Setting setting) {
    Map<?, ?> property = map(map(section(place).get("properties")).get(setting.key()));
    return property.get("$ref") instanceof String reference
        ? definition(reference.substring("#/$defs/".length()))
        : property;
  }

  @ParameterizedTest
  @EnumSource
  void properties_areTheSettings_andNoOthers(Place place) {
    assertThat(List.copyOf(map(section(place).get("properties")).keySet()))
        .isEqualTo(Setting.in(place).stream().map(Setting::key).toList());
    assertThat(section(place).get("additionalProperties")).isEqualTo(false);
  }

  @ParameterizedTest
  @EnumSource
  void properties_haveDescriptionChoicesAndDefault(Place place) {
    for (Setting setting : Setting.in(place)) {
      Map<?, ?> property = property(place, setting);
      assertThat(property.get("description")).as("%s", setting).asString().isNotEmpty();
      if (!setting.choices().isEmpty()) {
        assertThat(property.get("enum")).as("%s", setting).isEqualTo(setting.choices());
      }
      if (property.get("default") != null) {
        assertThat(property.get("default")).as("%s", setting).hasToString(setting.whenMissing());
      }
    }
  }

  @Test
  void references_areDefined() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "larder.schema.json"));
    assertThat(text.split("#/\\$defs/", -1)).hasSizeGreaterThan(20);
    for (String reference : text.split("#/\\$defs/", -1)) {
      if (!reference.startsWith("{")) {
        assertThat(definition(reference.substring(0, reference.indexOf('"')))).isNotEmpty();
      }
    }
  }
}
