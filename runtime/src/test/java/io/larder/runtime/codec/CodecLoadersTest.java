package io.larder.runtime.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codecs between the class loader of Larder and that of an application. */
class CodecLoadersTest {

  private static final String ITEM =
      "package shop; public record Item(int number, byte small, String text, Kind kind,"
          + " java.util.List<Item> items, Part part) implements java.io.Serializable { public static"
          + " Item item() { return new Item(1, (byte) 2, \"x\", Kind.TWO, java.util.List.of(new"
          + " Item(3, (byte) 4, null, Kind.ONE, java.util.List.of(), null)), new Part()); } }";
  private static final String PART =
      "package shop; public class Part implements java.io.Serializable { private byte a = 1;"
          + " private char b = 'b'; private float c = 2; private short d = 4; private Object e = 5;"
          + " public boolean equals(Object o) { return o instanceof Part p && a == p.a && b == p.b"
          + " && c == p.c && d == p.d && e.equals(p.e); } public int hashCode() { return a; } }";
  private static final String SPOT =
      "package shop; public record Spot(Kind kind) { public static Spot spot() { return new"
          + " Spot(Kind.ONE); } }";
  private static final String KIND = "package shop; public enum Kind { ONE, TWO }";

  @ParameterizedTest
  @ValueSource(strings = {"fory", "jdk"})
  void decode_applicationGone_itsLoaderIsCollected(String name) throws Exception {
    WeakReference<ClassLoader> loader = used(name);
    await("the loader to be collected")
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(loader.refersTo(null)).isTrue();
            });
  }

  private static WeakReference<ClassLoader> used(String name) throws Exception {
    CompiledApplication application = CompiledApplication.of(ITEM, PART, SPOT, KIND);
    Object item = application.call("shop.Item", "item");
    ValueCodec codec =
        ValueCodecs.of(
            name, application, application.returned("shop.Item", "item"), AllowedClasses.none());
    // Not compared: the equals of a record keeps its loader on JDK 17, and AssertJ what it
    // compares.
    Object decoded = requireNonNull(codec.decode(codec.encode(item)));
    boolean same = decoded.getClass() == item.getClass();
    assertThat(same).isTrue();
    KeyCodecTest.encode(application.call("shop.Spot", "spot"));
    return new WeakReference<>(application);
  }

  /** As two web applications in one JVM. */
  @ParameterizedTest
  @ValueSource(strings = {"fory", "jdk"})
  void decode_ofAnotherLoaderWithTheSameClasses_isOfTheReadersOwn(String name) throws Exception {
    CompiledApplication one = CompiledApplication.of(ITEM, PART, KIND);
    CompiledApplication two = CompiledApplication.of(ITEM, PART, KIND);
    ValueCodec writer =
        ValueCodecs.of(name, one, one.returned("shop.Item", "item"), AllowedClasses.none());
    ValueCodec reader =
        ValueCodecs.of(name, two, two.returned("shop.Item", "item"), AllowedClasses.none());

    Object decoded = reader.decode(writer.encode(one.call("shop.Item", "item")));
    assertThat(reader.fingerprint()).isEqualTo(writer.fingerprint());
    assertThat(decoded).isEqualTo(two.call("shop.Item", "item"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fory", "jdk"})
  void fingerprint_ofAnotherLoaderWithOtherClassesOfTheSameName_isAnother(String name)
      throws Exception {
    CompiledApplication one = CompiledApplication.of(ITEM, PART, KIND);
    String more = PART.replace("private byte a = 1;", "private byte a = 1; private int more;");
    CompiledApplication two = CompiledApplication.of(ITEM, more, KIND);

    assertThat(
            ValueCodecs.of(name, one, one.returned("shop.Item", "item"), AllowedClasses.none())
                .fingerprint())
        .isNotEqualTo(
            ValueCodecs.of(name, two, two.returned("shop.Item", "item"), AllowedClasses.none())
                .fingerprint());
  }

  /** As in the agent: neither loader sees the other's classes. */
  @Test
  void decode_loadersThatDoNotSeeEachOther_isEqual() throws Exception {
    CompiledApplication application = CompiledApplication.of(ITEM, PART, SPOT, KIND);
    Object item = application.call("shop.Item", "item");
    Type returned = application.returned("shop.Item", "item");
    try (URLClassLoader larder =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      Class<?> allowed = larder.loadClass(AllowedClasses.class.getName());
      Object none = allowed.getMethod("none").invoke(null);
      Method of =
          larder
              .loadClass(ValueCodecs.class.getName())
              .getMethod("of", String.class, ClassLoader.class, Type.class, allowed);
      Class<?> codecType = larder.loadClass(ValueCodec.class.getName());
      for (String name : new String[] {"fory", "jdk"}) {
        Object writer = of.invoke(null, name, application, returned, none);
        Object reader = of.invoke(null, name, application, returned, none);
        Object bytes = codecType.getMethod("encode", Object.class).invoke(writer, item);
        Object decoded = codecType.getMethod("decode", byte[].class).invoke(reader, bytes);
        assertThat(decoded).isEqualTo(item);
      }
    }
  }

  private static URL[] classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .map(CodecLoadersTest::url)
        .toArray(URL[]::new);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
