package io.larder.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two releases of an application, each with its own shape of the classes of a value. */
class ClassShapesTest {

  private static final String OUTER =
      "package shop; public class Item { int a; String b; Detail detail; transient int c;"
          + " static int d; Item() {} %s static Item item() { return new Item(); } }";
  private static final String DETAIL =
      "package shop; public record Detail(java.util.List<Kind> kinds, Pay pay) {}";
  private static final String KIND = "package shop; public enum Kind { ONE, TWO }";
  private static final String PAY =
      "package shop; public sealed interface Pay permits Cash, Card {} record Cash() implements Pay"
          + " {} record Card(String number) implements Pay {}";
  private static final String ITEM = OUTER.formatted("");

  private static long fingerprint(String... sources) throws Exception {
    CompiledApplication application = CompiledApplication.of(sources);
    Type returned = application.returned("shop.Item", "item");
    long fory = ValueCodecs.of("fory", application, returned, AllowedClasses.none()).fingerprint();
    assertThat(fory)
        .as("another codec")
        .isNotEqualTo(
            ValueCodecs.of("jdk", application, returned, AllowedClasses.none()).fingerprint());
    return fory;
  }

  @Test
  void fingerprint_isTheSameInEachJvm() throws Exception {
    assertThat(fingerprint(ITEM, DETAIL, KIND, PAY)).isEqualTo(-1612929104529960367L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ITEM   | int a;                       | int a; int x;",
        "ITEM   | int a;                       | ''",
        "ITEM   | int a;                       | int renamed;",
        "ITEM   | int a;                       | long a;",
        "ITEM   | public class Item            | public class Item extends Base",
        "DETAIL | java.util.List<Kind> kinds   | java.util.Set<Kind> kinds",
        "DETAIL | java.util.List<Kind> kinds   | java.util.List<String> kinds",
        "DETAIL | kinds                        | types",
        "KIND   | ONE, TWO                     | ONE, TWO, THREE",
        "KIND   | ONE, TWO                     | ONE, ZWO",
        "PAY    | record Card(String number)   | record Card(String number, int pin)",
        "PAY    | permits Cash, Card {}        | permits Cash, Card, Cheque {} record Cheque()"
            + " implements Pay {}",
      })
  void fingerprint_changedShape_changes(String which, String from, String to) throws Exception {
    assertThat(fingerprint(changed(which, from, to))).isNotEqualTo(unchanged());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ITEM | int a; String b; | String b; int a;",
        "ITEM | static int d;    | static int d, e;",
        "ITEM | transient int c; | transient int c; transient String t;",
        "ITEM | Item() {}        | Item() {} void method() {}",
        "KIND | ONE, TWO         | TWO, ONE",
        "PAY  | permits Cash, Card {} | permits Card, Cash {}",
      })
  void fingerprint_whatNoCodecWrites_staysTheSame(String which, String from, String to)
      throws Exception {
    assertThat(fingerprint(changed(which, from, to))).isEqualTo(unchanged());
  }

  private static long unchanged() throws Exception {
    return fingerprint(ITEM, DETAIL, KIND, PAY);
  }

  private static String[] changed(String which, String from, String to) {
    String base = "package shop; public class Base { int base; }";
    String[] sources = {ITEM, DETAIL, KIND, PAY, base};
    int index = "ITEM   DETAIL KIND   PAY".indexOf(which) / 7;
    String changed = sources[index].replace(from, to);
    assertThat(changed).isNotEqualTo(sources[index]);
    sources[index] = changed;
    return sources;
  }

  /** What the fingerprint is for: it is in the envelope, and readers compare it. */
  @ParameterizedTest
  @ValueSource(strings = {"fory", "jdk"})
  void releases_ofTwoShapes_neverReadEachOthersEntries(String name) throws Exception {
    String source =
        "package shop; public class Item implements java.io.Serializable { int %s; int %s;"
            + " public static Item item() { return new Item(); } }";
    CompiledApplication first = CompiledApplication.of(source.formatted("id", "z"));
    CompiledApplication second = CompiledApplication.of(source.formatted("a", "id"));
    ValueCodec one = codec(name, first);
    ValueCodec other = codec(name, second);
    assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint());
    assertThat(one.decode(one.encode(first.call("shop.Item", "item"))))
        .isInstanceOf(first.loadClass("shop.Item"));
    assertThatThrownBy(() -> other.encode(first.call("shop.Item", "item")))
        .as("of another loader")
        .isInstanceOf(NotStorableException.class);
  }

  private static ValueCodec codec(String name, CompiledApplication application) throws Exception {
    return ValueCodecs.of(
        name, application, application.returned("shop.Item", "item"), AllowedClasses.none());
  }

  private record Turned(int z, int a) {}

  /** They are written by position. */
  @Test
  void shapeOf_record_keepsTheOrderOfItsComponents() {
    assertThat(ClassShapes.shapeOf(Turned.class)).endsWith("{z:int;a:int}");
  }
}
