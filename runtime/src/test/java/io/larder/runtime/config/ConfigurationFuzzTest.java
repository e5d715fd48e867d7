package io.larder.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A file that somebody, or something, has spoiled is read or answered, and nothing is thrown. */
class ConfigurationFuzzTest {

  private static final int FILES = 6_000;
  private static final List<String> SPOILING =
      List.of(
          " ",
          "  ",
          "\n",
          "\t",
          ":",
          ": ",
          "- ",
          "#",
          " #",
          "[",
          "]",
          "{",
          "}",
          ",",
          "'",
          "\"",
          "&a",
          "*a",
          "!",
          "|",
          ">",
          "%",
          "@",
          "`",
          "?",
          "? ",
          "*",
          "**",
          "..",
          "...",
          "---\n",
          "+",
          "(",
          ")",
          "()",
          "null",
          "not ",
          "==",
          "0",
          "-1",
          "9".repeat(30),
          "\\",
          "\r",
          "\u0000",
          "\u0085",
          "\u2028",
          "\ufeff",
          "\ud800",
          "\ud83d\ude00",
          "\u00fc",
          "result",
          "\u00a0");

  @Test
  void parse_spoiledFile_isReadOrAnswered() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    int read = 0;
    for (int i = 0; i < FILES; i++) {
      StringBuilder text = new StringBuilder(ConfigurationFileTest.FULL);
      for (int spoilings = 1 + random.nextInt(4); spoilings > 0; spoilings--) {
        spoil(text, random);
      }
      read += check(text.toString(), seed) ? 1 : 0;
    }
    assertThat(read)
        .as("seed %d: some are still right, some are not", seed)
        .isBetween(1, FILES - 1);
  }

  private static void spoil(StringBuilder text, SplittableRandom random) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + random.nextInt(12));
    switch (random.nextInt(4)) {
      case 0 -> text.delete(from, to);
      case 1 -> text.insert(from, SPOILING.get(random.nextInt(SPOILING.size())));
      case 2 -> text.replace(from, to, SPOILING.get(random.nextInt(SPOILING.size())));
      default -> text.insert(random.nextInt(text.length() + 1), text.substring(from, to));
    }
  }

  private static boolean check(String text, long seed) {
    ConfigurationFile.Result result;
    try {
      result = ConfigurationFile.parse("f", text);
    } catch (RuntimeException | StackOverflowError thrown) {
      throw new AssertionError("seed " + seed + ":\n" + text, thrown);
    }
    long lines = text.lines().count();
    assertThat(result.problems())
        .as("seed %d:\n%s", seed, text)
        .allSatisfy(
            problem -> {
              assertThat(problem.line()).isBetween(1, (int) lines + 1);
              assertThat(problem.column()).isBetween(1, text.length() + 1);
              assertThat(problem.text()).isNotBlank().doesNotContain("\n", "\r");
            });
    return result.configuration() != null;
  }

  @Test
  void parse_spoiledPattern_isReadBackOrAnswered() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < FILES; i++) {
      StringBuilder text = new StringBuilder("@com.acme.Slow com.acme..*Dao+#find*(long, ..)");
      for (int spoilings = 1 + random.nextInt(4); spoilings > 0; spoilings--) {
        spoil(text, random);
      }
      try {
        MethodPattern pattern = MethodPattern.parseExclusion(text.toString());
        assertThat(MethodPattern.parseExclusion(pattern.text()))
            .as("seed %d: %s", seed, text)
            .isEqualTo(pattern);
        pattern.matchesClass("com.acme.shop.PriceDao");
        pattern.matchesMethod("find", List.of("long", "int"));
      } catch (IllegalArgumentException answered) {
        assertThat(answered).as("seed %d: %s", seed, text).hasMessageContaining("; write ");
      }
    }
  }

  @Test
  void parse_spoiledCondition_isReadBackOrAnswered() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < FILES; i++) {
      StringBuilder text = new StringBuilder("not result.status.code != 'it''s' ");
      for (int spoilings = 1 + random.nextInt(4); spoilings > 0; spoilings--) {
        spoil(text, random);
      }
      try {
        Condition condition = Condition.parse(text.toString());
        assertThat(Condition.parse(condition.text()))
            .as("seed %d: %s", seed, text)
            .isEqualTo(condition);
      } catch (IllegalArgumentException answered) {
        assertThat(answered).as("seed %d: %s", seed, text).hasMessageContaining("ondition");
      }
    }
  }
}
