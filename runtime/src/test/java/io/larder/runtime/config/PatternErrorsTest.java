package io.larder.runtime.config;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about patterns that are none; each shows the right form. */
class PatternErrorsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "com.acme.PriceDao | no method is named; write com.acme.PriceDao#find, or"
            + " com.acme.PriceDao#* for all its methods",
        "com.acme..* | no method is named; write com.acme..*#find, or com.acme..*#* for all its"
            + " methods",
        "com.acme.PriceDao.find | no method is named; write com.acme.PriceDao#find",
        "com.acme.PriceDao# | no method is named; write com.acme.PriceDao#find, or"
            + " com.acme.PriceDao#* for all its methods",
        "com.acme.PriceDao#(long) | no method is named; write com.acme.PriceDao#find, or"
            + " com.acme.PriceDao#* for all its methods",
        "#find | no class is named; write com.acme.PriceDao#find(String)",
        "find(long) | no class is named; write com.acme.PriceDao#find(long)",
        "at com.acme.PriceDao.find(PriceDao.java:42) | this is a line of a stack trace; write"
            + " com.acme.PriceDao#find",
        "app//com.acme.PriceDao.find(PriceDao.java:42) | this is a line of a stack trace; write"
            + " com.acme.PriceDao#find",
        "java.base/java.net.URL.openStream(Native Method) | this is a line of a stack trace; write"
            + " java.net.URL#openStream",
        "com.acme.PriceDao::find | # stands before the method, not ::; write"
            + " com.acme.PriceDao#find",
        "com/acme/PriceDao#find | class names have dots, not slashes; write"
            + " com.acme.PriceDao#find",
        "com.acme.PriceDao#find#x | there is more than one #; write com.acme.PriceDao#find(String)",
        "com.acme#PriceDao.find | a method's name has no dot; write com.acme.PriceDao#find",
        "com.acme.**.Dao#find | ** means nothing here; .. stands for any packages; write"
            + " com.acme..*Dao#find*",
        "* com.acme..*.find*(..) | a pattern begins with the class, without modifiers and without"
            + " the result's type; write com.acme.PriceDao#find(String)",
        "public String com.acme.PriceDao#find(long) | a pattern begins with the class, without"
            + " modifiers and without the result's type; write com.acme.PriceDao#find(String)",
        "com.acme.PriceDao#load all | a name cannot hold ' '; * stands for anything; write"
            + " com.acme.PriceDao#find*",
        "com.acme.Price?#find | a name cannot hold '?'; * stands for anything; write"
            + " com.acme.PriceDao#find*",
        "com.acme.PriceDao#<init> | constructors and initializers cannot be cached; write"
            + " com.acme.PriceDao#find(String)",
        "com.acme.+PriceDao#find | + stands once, behind the class; write com.acme.Dao+#find*",
        "com.acme.PriceDao++#find | + stands once, behind the class; write com.acme.Dao+#find*",
        "com...PriceDao#find | a name is missing beside a dot; all classes below a package are;"
            + " write com.acme..*#find*",
        "com.acme..#find | a name is missing beside a dot; all classes below a package are; write"
            + " com.acme..*#find*",
        ".PriceDao#find | a name is missing beside a dot; all classes below a package are; write"
            + " com.acme..*#find*",
        "@Slow | an annotation is named with its package; write @com.acme.Slow",
        "@ | an annotation is named with its package; write @com.acme.Slow",
        "@com.acme.* | an annotation is named in full, without * or ..; write @com.acme.Slow",
        "@com.acme.Slow() | a name cannot hold '('; * stands for anything; write"
            + " com.acme.PriceDao#find*",
        "@com.acme.Slow com.acme.internal | this may be a package or a class; write"
            + " com.acme.internal..* for all classes in and below a package, or"
            + " com.acme.internal#* for a class",
        "com.acme.PriceDao#find(long | ( without ); inside [ ] a pattern with a comma needs quotes;"
            + " write \"com.acme.PriceDao#find(String, long)\"",
        "com.acme.PriceDao#find(long) throws | something follows the parameters; write"
            + " com.acme.PriceDao#find(String, long)",
        "com.acme.PriceDao#find(long,) | a parameter is missing beside a comma; write"
            + " com.acme.PriceDao#find(String, long)",
        "com.acme.PriceDao#find(.., long) | .. stands behind the other parameters; write"
            + " com.acme.PriceDao#find(String, ..)",
        "com.acme.PriceDao#find(List<String>) | parameter types stand without <...>; write"
            + " com.acme.PriceDao#find(List)",
        "com.acme.PriceDao#find(long product) | a parameter is its type alone, without its name;"
            + " write com.acme.PriceDao#find(String, long)",
        "com.acme.PriceDao#find(java.util.*) | a parameter is a type, or * for any one, or .. at"
            + " the end for any more; write com.acme.PriceDao#find(String, *, ..)",
        "com.acme.PriceDao#find(java..List) | a parameter is a type, or * for any one, or .. at"
            + " the end for any more; write com.acme.PriceDao#find(String, *, ..)",
        "com.acme.PriceDao#find(String..., long) | only the last parameter can have ...; write"
            + " com.acme.PriceDao#find(String, long)",
        "com.acme.PriceDao#find(by[te) | \"by[te\" is no type; write"
            + " com.acme.PriceDao#find(String, long)",
      })
  void parse_wrong_saysHowToWriteIt(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MethodPattern.parse(text))
        .withMessage("method pattern \"" + text + "\": " + message);
  }

  @Test
  void parse_empty_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MethodPattern.parse("  "))
        .withMessage("a method pattern is empty; write com.acme.PriceDao#find(String)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "com.acme.internal | this may be a package or a class; write com.acme.internal..* for all"
            + " classes in and below a package, or com.acme.internal#* for a class",
        "com.acme.PriceDao.find | no method is named; write com.acme.PriceDao#find, or"
            + " com.acme.PriceDao.find#* if that is a class",
        "com.acme.*Dao.find* | no method is named; write com.acme.*Dao#find*, or"
            + " com.acme.*Dao.find*#* if that is a class",
      })
  void parseExclusion_ambiguous_isRefused(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MethodPattern.parseExclusion(text))
        .withMessage("method pattern \"" + text + "\": " + message);
  }
}
