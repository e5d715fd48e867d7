package io.larder.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {

  private static final List<String> KNOWN =
      Setting.in(Place.CACHE).stream().map(Setting::key).toList();
  private static final String LIST =
      " Known: enabled, ttl, maximumEntries, maximumBytes, waitAtMost, refreshAfter, tiers, codec,"
          + " version, loadOnce, write, methods, invalidatedBy, putBy";

  @ParameterizedTest
  @CsvSource({
    "tll, ttl",
    "TTL, ttl",
    "tl, ttl",
    "maxEntries, maximumEntries",
    "maximumentries, maximumEntries",
    "maximum_entries, maximumEntries",
    "maximumByte, maximumBytes",
    "method, methods",
    "mehtods, methods",
    "invalidates, invalidatedBy",
    "enable, enabled",
    "max-bytes, maximumBytes",
  })
  void hint_nearWord_isSuggested(String unknown, String meant) {
    assertThat(Spelling.hint(unknown, KNOWN)).isEqualTo("; did you mean \"" + meant + "\"?" + LIST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "foo", "size", "com.acme.PriceDao#find(String)"})
  void hint_farWord_isNotGuessed(String unknown) {
    assertThat(Spelling.hint(unknown, KNOWN)).isEqualTo("." + LIST);
  }

  @Test
  void hint_longText_isNotCompared() {
    assertThat(Spelling.hint("ttl".repeat(1_000_000), KNOWN)).isEqualTo("." + LIST);
  }
}
