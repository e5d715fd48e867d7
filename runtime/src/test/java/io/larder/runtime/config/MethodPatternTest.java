package io.larder.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pattern means. */
class MethodPatternTest {

  @ParameterizedTest
  @CsvSource({
    "com.acme.PriceDao, com.acme.PriceDao, true",
    "com.acme.PriceDao, com.acme.PriceDaoX, false",
    "com.acme.PriceDao, com.acme.PriceDa, false",
    "com.acme.PriceDao, com.acme.PriceDao$Row, false",
    "com.acme.PriceDao, PriceDao, false",
    "PriceDao, PriceDao, true",
    "PriceDao, com.acme.PriceDao, false",
    "com.acme.Outer$Inner, com.acme.Outer$Inner, true",
    "com.acme.Outer$Inner, com.acme.Outer.Inner, false",
    "com.acme.*Dao, com.acme.PriceDao, true",
    "com.acme.*Dao, com.acme.Dao, true",
    "com.acme.*Dao, com.acme.PriceDaos, false",
    "com.acme.*Dao, com.acme.shop.PriceDao, false",
    "com.acme.*Dao, com.acmePriceDao, false",
    "com.acme.*, com.acme.Outer$Inner, true",
    "com.acme.*, com.acme, false",
    "com.*.Dao, com.acme.Dao, true",
    "com.*.Dao, com.acme.shop.Dao, false",
    "com.*.Dao, com.Dao, false",
    "com.acme..*Dao, com.acme.PriceDao, true",
    "com.acme..*Dao, com.acme.shop.de.PriceDao, true",
    "com.acme..*Dao, com.acmeshop.PriceDao, false",
    "com.acme..*Dao, com.PriceDao, false",
    "com.acme..Dao, com.acme.Dao, true",
    "com.acme..Dao, com.acme.PriceDao, false",
    "com.acme..*, com.acme, false",
    "com.acme..dao..*, com.acme.dao.Price, true",
    "com.acme..dao..*, com.acme.shop.dao.jdbc.Price, true",
    "com.acme..dao..*, com.acme.shop.daos.Price, false",
    "com.acme..dao..*, com.acme.dao, false",
    "com..a.b..*X, com.a.a.b.X, true",
    "com..a.b..*X, com.a.c.b.X, false",
    "com..a.b..b.X, com.a.b.X, false",
    "com..a.b..b.X, com.a.b.b.X, true",
    "..PriceDao, PriceDao, true",
    "..PriceDao, com.acme.PriceDao, true",
    "..PriceDao, com.acme.MyPriceDao, false",
    "*..PriceDao, com.acme.PriceDao, true",
    "*..PriceDao, PriceDao, false",
    "..*, PriceDao, true",
    "..*, com.acme.PriceDao, true",
    "..dao.*, dao.X, true",
    "..dao.*, com.dao.X, true",
    "com.acme.P*e*Dao, com.acme.PriceDao, true",
    "com.acme.P*e*Dao, com.acme.PricDao, false",
    "com.acme.P*e*eDao, com.acme.PreDao, false",
    "com.acme.Da*ao, com.acme.Dao, false",
    "com.acme.\u00dc*, com.acme.\u00dcbersicht, true",
  })
  void matchesClass_byName(String type, String className, boolean expected) {
    assertThat(MethodPattern.parse(type + "#find").matchesClass(className)).isEqualTo(expected);
    assertThat(MethodPattern.parse(type + "+#find").matchesClass(className)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "find, find, true",
    "find, findAll, false",
    "find*, find, true",
    "find*, findAll, true",
    "find*, refind, false",
    "*, find, true",
    "*By*, findByName, true",
    "*By*, find, false",
    "find-*, find-WZ4Q5Ns, true",
    "$plus$eq, $plus$eq, true",
    "*, <init>, false",
  })
  void matchesMethod_byName(String method, String name, boolean expected) {
    MethodPattern pattern = MethodPattern.parse("com.acme.PriceDao#" + method);
    assertThat(pattern.matchesMethod(name, List.of())).isEqualTo(expected);
    assertThat(pattern.matchesMethod(name, List.of("int", "byte[]"))).isEqualTo(expected);
    assertThat(pattern.methodName()).isEqualTo(method);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "()           | -                         | true",
        "()           | int                       | false",
        "(..)         | -                         | true",
        "(..)         | int                       | true",
        "(String)     | java.lang.String          | true",
        "(String)     | com.acme.String           | true",
        "(String)     | com.acme.MyString         | false",
        "(String)     | java.lang.String[]        | false",
        "(String)     | java.lang.String int      | false",
        "(String)     | -                         | false",
        "(java.lang.String) | java.lang.String    | true",
        "(java.lang.String) | com.acme.String     | false",
        "(int)        | int                       | true",
        "(int)        | java.lang.Integer         | false",
        "(int)        | java.lang.int             | true",
        "(byte[])     | byte[]                    | true",
        "(byte[])     | byte[][]                  | false",
        "(byte[][])   | byte[][]                  | true",
        "(String[])   | java.lang.String[]        | true",
        "(String...)  | java.lang.String[]        | true",
        "(int, String...) | int java.lang.String[] | true",
        "(String...)  | java.lang.String          | false",
        "(Entry)      | java.util.Map$Entry       | true",
        "(Map$Entry)  | java.util.Map$Entry       | true",
        "(Map.Entry)  | java.util.Map$Entry       | true",
        "(java.util.Map$Entry) | java.util.Map$Entry | true",
        "(String, ..) | java.lang.String          | true",
        "(String, ..) | java.lang.String int long | true",
        "(String, ..) | int java.lang.String      | false",
        "(String, ..) | -                         | false",
        "(*)          | int                       | true",
        "(*)          | byte[]                    | true",
        "(*)          | -                         | false",
        "(*)          | int int                   | false",
        "(*, long)    | int long                  | true",
        "(*, long)    | int int                   | false",
        "(*, ..)      | int int                   | true",
        "(*, ..)      | -                         | false",
      })
  void matchesMethod_byParameters(String parameters, String types, boolean expected) {
    List<String> actual = types == null ? List.of() : Arrays.asList(types.split(" "));
    assertThat(
            MethodPattern.parse("com.acme.PriceDao#find" + parameters)
                .matchesMethod("find", actual))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "com.acme.PriceDao#find | com.acme.PriceDao#find",
        "com.acme.PriceDao#find() | com.acme.PriceDao#find()",
        "com.acme.PriceDao#find(..) | com.acme.PriceDao#find",
        "com.acme.PriceDao#find(  String ,long,.. ) | com.acme.PriceDao#find(String, long, ..)",
        "com.acme.PriceDao#find (String...) | com.acme.PriceDao#find(String[])",
        "com.acme.PriceDao.find(String) | com.acme.PriceDao#find(String)",
        "com.acme.*Dao.find*(java.util.List) | com.acme.*Dao#find*(java.util.List)",
        "com.acme.Dao+#find* | com.acme.Dao+#find*",
        "com.acme.Dao+.find() | com.acme.Dao+#find()",
        "@com.acme.Slow | @com.acme.Slow",
        "@com.acme.Slow ..* | @com.acme.Slow",
        "@com.acme.Slow  com.acme..*#* | @com.acme.Slow com.acme..*#*",
        "@com.acme.Slow com.acme..* | @com.acme.Slow com.acme..*",
        "@com.acme.Outer$Slow com.acme.Dao+#find(long) | @com.acme.Outer$Slow com.acme.Dao+#find(long)",
      })
  void text_isOneForm_andReadsBack(String written, String text) {
    MethodPattern pattern = MethodPattern.parse(written);
    assertThat(pattern.text()).isEqualTo(text);
    assertThat(pattern).hasToString(text);
    assertThat(MethodPattern.parse(text)).isEqualTo(pattern).hasSameHashCodeAs(pattern);
    assertThat(pattern).isNotEqualTo(MethodPattern.parse("com.acme.Other#find"));
  }

  @Test
  void exactClass_isThereForOneNameOnly() {
    assertThat(MethodPattern.parse("com.acme.PriceDao#find*").exactClass())
        .contains("com.acme.PriceDao");
    assertThat(MethodPattern.parse("@com.acme.Slow com.acme.PriceDao#*").exactClass())
        .contains("com.acme.PriceDao");
    assertThat(MethodPattern.parseExclusion("com.acme.PriceDao").exactClass())
        .contains("com.acme.PriceDao");
    assertThat(
            List.of("com.acme.P*#find", "com..PriceDao#find", "..P#f", "com.acme.A+#f", "@a.Slow"))
        .allSatisfy(text -> assertThat(MethodPattern.parse(text).exactClass()).isEmpty());
  }

  @Test
  void annotation_alone_meansAllClassesAndMethods() {
    MethodPattern slow = MethodPattern.parse("@com.acme.Slow");
    assertThat(slow.annotation()).contains("com.acme.Slow");
    assertThat(slow.includesSubtypes()).isFalse();
    assertThat(slow.classPart()).isEqualTo("..*");
    assertThat(slow.methodName()).isEqualTo("*");
    assertThat(slow.matchesClass("PriceDao")).isTrue();
    assertThat(slow.matchesClass("com.acme.PriceDao")).isTrue();
    assertThat(slow.matchesMethod("find", List.of("int"))).isTrue();
  }

  @Test
  void annotation_withPattern_isRestricted() {
    MethodPattern slow = MethodPattern.parse("@com.acme.Slow com.acme.shop..*+#find*(long)");
    assertThat(slow.annotation()).contains("com.acme.Slow");
    assertThat(slow.includesSubtypes()).isTrue();
    assertThat(slow.classPart()).isEqualTo("com.acme.shop..*");
    assertThat(slow.methodName()).isEqualTo("find*");
    assertThat(slow.matchesClass("com.acme.PriceDao")).isFalse();
    assertThat(slow.matchesMethod("find", List.of("int"))).isFalse();
    assertThat(MethodPattern.parse("com.acme.PriceDao#find").annotation()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"com.acme.internal..*", "com.acme.PriceDao", "com.acme.Dao+", "..*"})
  void parseExclusion_withoutMethod_meansAllOfTheClass(String text) {
    MethodPattern pattern = MethodPattern.parseExclusion(text);
    assertThat(pattern).hasToString(text).isEqualTo(MethodPattern.parseExclusion(text));
    assertThat(pattern.methodName()).isEqualTo("*");
    assertThat(pattern.matchesMethod("find", List.of("int"))).isTrue();
  }
}
