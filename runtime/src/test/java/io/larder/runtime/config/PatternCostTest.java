package io.larder.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each class that is loaded is compared with each pattern: that is counted in characters read. */
class PatternCostTest {

  /** A name that counts how often one of its characters is read. */
  private static final class CountedName implements CharSequence {

    private final String name;
    private long reads;

    CountedName(String name) {
      this.name = name;
    }

    @Override
    public int length() {
      return name.length();
    }

    @Override
    public char charAt(int index) {
      reads++;
      return name.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      throw new AssertionError("nothing is to be copied");
    }

    @Override
    public String toString() {
      throw new AssertionError("nothing is to be copied");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "com.acme..*Dao, org.springframework.beans.factory.support.DefaultListableBeanFactory, 1",
    "com.acme..*Dao, com.acmf.PriceDao, 8",
    "com.acme..*Dao, com.acme.shop.prices.PriceService, 10",
    "..*Dao, org.springframework.beans.factory.support.DefaultListableBeanFactory, 1",
    "*..PriceDao, org.springframework.beans.factory.BeanFactory, 1",
  })
  void matches_anotherName_readsTheFirstThatDiffers(String pattern, String name, long reads) {
    CountedName counted = new CountedName(name);
    assertThat(new ClassGlob(pattern).matches(counted)).isFalse();
    assertThat(counted.reads).isLessThanOrEqualTo(reads);
  }

  @Test
  void matches_itsName_readsItAFewTimes() {
    CountedName counted = new CountedName("com.acme.shop.prices.PriceDao");
    assertThat(new ClassGlob("com.acme..*Dao").matches(counted)).isTrue();
    assertThat(counted.reads).isLessThan(4L * counted.length());
  }

  @ParameterizedTest
  @CsvSource({
    "'*a', '', 'b', 'a'",
    "'*aa', '', 'b', 'a'",
    "'*', 'b', '', 'a'",
    "'..a', 'a.*b', '', 'a.'",
    "'..*a', 'a..b', '', 'a.'",
    "'..*a.*b', 'a..c', '', 'ab.'",
    "'..*', 'a..b', '', 'a.'",
  })
  void matches_hostile_readsAtMostPatternTimesName(
      String repeated, String before, String behind, String nameRepeated) {
    ClassGlob glob =
        new ClassGlob((before + repeated.repeat(200) + behind).replaceAll("\\*+", "*"));
    CountedName name = new CountedName(nameRepeated.repeat(2_000) + "x");
    glob.matches(name);
    assertThat(name.reads).isLessThanOrEqualTo(4L * glob.toString().length() * name.length());
  }

  @Test
  void matches_random_isWhatARegularExpressionSays() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200_000; i++) {
      String glob = word(random, List.of("a", "b", "*", ".", "..", "a", "."));
      if (glob.isEmpty()
          || glob.contains("...")
          || glob.contains("**")
          || glob.endsWith(".")
          || (glob.startsWith(".") && !glob.startsWith(".."))) {
        continue;
      }
      String name = word(random, List.of("a", "b", "c", ".")).replaceAll("^\\.+|\\.+$", "");
      name = name.replaceAll("\\.+", ".");
      if (!name.isEmpty()) {
        assertThat(new ClassGlob(glob).matches(name))
            .as("%s matches %s, seed %d", glob, name, seed)
            .isEqualTo(asRegex(glob).matcher(name).matches());
      }
    }
  }

  private static String word(SplittableRandom random, List<String> parts) {
    List<String> word = new ArrayList<>();
    for (int i = random.nextInt(10); i > 0; i--) {
      word.add(parts.get(random.nextInt(parts.size())));
    }
    return String.join("", word);
  }

  private static Pattern asRegex(String glob) {
    String anyPackages = "\u0001";
    String leading = "\u0002";
    String expression = glob.startsWith("..") ? leading + glob.substring(2) : glob;
    return Pattern.compile(
        expression
            .replace("..", anyPackages)
            .replace(".", "\\.")
            .replace("*", "[^.]*")
            .replace(anyPackages, "\\.(.*\\.)?")
            .replace(leading, "(.*\\.)?"));
  }
}
