package io.larder.agent.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OneShotResultsTest {

  private static final String CONSUMED = " can be consumed only once; return a collection";
  private static final String OPEN = " is an open resource; return what it is read into";
  private static final String LATER =
      " has no result yet when it is returned; cache the method that computes it";

  private final Supertypes supertypes = new Supertypes(OneShotResultsTest.class.getClassLoader());

  /** Of a kind that the application makes itself. */
  abstract static class OwnInput extends InputStream {}

  abstract static class OwnDeeperInput extends OwnInput {}

  interface OwnIterator extends Iterator<String> {}

  static class OwnConnection implements AutoCloseable {
    @Override
    public void close() {}
  }

  @ParameterizedTest
  @CsvSource({
    "java.util.stream.Stream, a stream",
    "java.util.stream.BaseStream, a stream",
    "java.util.Iterator, an iterator",
    "java.util.ListIterator, an iterator",
    "java.util.Scanner, an iterator",
    "java.util.Spliterator$OfInt, a spliterator",
    "java.util.StringTokenizer, an enumeration",
    "kotlin.sequences.Sequence, a sequence",
    "java.io.FileInputStream, an input stream",
    "java.io.BufferedReader, a reader",
    "io.larder.agent.weaving.OneShotResultsTest$OwnDeeperInput, an input stream",
    "io.larder.agent.weaving.OneShotResultsTest$OwnIterator, an iterator"
  })
  void reason_consumedByItsReader_isRefused(String type, String kind) {
    assertThat(reason(type)).isEqualTo(refusal(type, kind + CONSUMED));
  }

  @ParameterizedTest
  @CsvSource({
    "java.util.concurrent.Flow$Publisher, a publisher",
    "java.util.concurrent.SubmissionPublisher, a publisher",
    "org.reactivestreams.Publisher, a publisher",
    "io.reactivex.rxjava3.core.SingleSource, a single",
    "kotlinx.coroutines.flow.Flow, a flow",
    "java.util.concurrent.CompletableFuture, a future",
    "java.util.concurrent.ScheduledFuture, a future",
    "java.util.concurrent.CompletionStage, a completion stage"
  })
  void reason_withoutResultYet_isRefused(String type, String kind) {
    assertThat(reason(type)).isEqualTo(refusal(type, kind + LATER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.sql.Connection",
        "java.io.Closeable",
        "java.io.OutputStream",
        "java.net.Socket",
        "io.larder.agent.weaving.OneShotResultsTest$OwnConnection"
      })
  void reason_openResource_isRefused(String type) {
    assertThat(reason(type)).isEqualTo(refusal(type, "an AutoCloseable" + OPEN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.Object",
        "java.lang.String",
        "java.util.List",
        "java.util.ArrayList",
        "java.util.Optional",
        "java.util.Map$Entry",
        "java.lang.Iterable",
        "io.larder.agent.weaving.OneShotResultsTest",
        "com.acme.NotOnTheClassPath"
      })
  void reason_ordinaryResult_none(String type) {
    assertThat(reason(type)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"I", "Z", "D", "J", "[I", "[[D", "[Ljava/lang/String;"})
  void reason_primitivesAndTheirArrays_none(String descriptor) {
    assertThat(OneShotResults.reason(Type.getType(descriptor), supertypes)).isNull();
  }

  @Test
  void reason_arrayOfStreams_isRefused() {
    assertThat(OneShotResults.reason(Type.getType("[[Ljava/util/stream/Stream;"), supertypes))
        .isEqualTo(refusal("java.util.stream.Stream", "a stream" + CONSUMED));
  }

  @Test
  void reason_cyclicSupertypes_ends() {
    Files files = new Files();
    files.add("a/One", "a/Two");
    files.add("a/Two", "a/One", "a/Two");

    assertThat(OneShotResults.reason(Type.getObjectType("a/One"), new Supertypes(files))).isNull();
  }

  @Test
  void reason_missingSupertype_looksAtTheOthers() {
    Files files = new Files();
    files.add("a/One", "a/Gone", "a/GoneToo", "java/util/Iterator");

    assertThat(OneShotResults.reason(Type.getObjectType("a/One"), new Supertypes(files)))
        .isEqualTo(refusal("a.One", "an iterator" + CONSUMED));
  }

  @Test
  void reason_unreadableClassFiles_areAsIfAbsent() {
    for (byte[] unreadable :
        List.of(new byte[0], new byte[3], new byte[200], new byte[] {1, 2, 3, 4, 0, 0, 0, 99})) {
      Files files = new Files();
      files.classFiles.put("a/One.class", unreadable);
      assertThat(OneShotResults.reason(Type.getObjectType("a/One"), new Supertypes(files)))
          .isNull();
    }
  }

  @Test
  void reason_resourceThatFails_isAsIfAbsent() {
    ClassLoader failing =
        new ClassLoader(null) {
          @Override
          public InputStream getResourceAsStream(String name) {
            return new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("disk gone");
              }

              @Override
              public int read(byte[] bytes, int from, int length) throws IOException {
                throw new IOException("disk gone");
              }
            };
          }
        };

    assertThat(OneShotResults.reason(Type.getObjectType("a/One"), new Supertypes(failing)))
        .isNull();
  }

  @Test
  void reason_hugeHierarchy_ends() {
    ClassLoader endless =
        new ClassLoader(null) {
          @Override
          public InputStream getResourceAsStream(String name) {
            String type = name.substring(0, name.length() - ".class".length());
            return new ByteArrayInputStream(Files.classFile(type, type + "x"));
          }
        };

    assertThat(OneShotResults.reason(Type.getObjectType("a/A"), new Supertypes(endless))).isNull();
  }

  @Test
  void reason_bootstrapLoader_findsTheJdk() {
    assertThat(
            OneShotResults.reason(
                Type.getObjectType("java/io/FileInputStream"), new Supertypes(null)))
        .isEqualTo(refusal("java.io.FileInputStream", "an input stream" + CONSUMED));
  }

  @Test
  void reason_readsEachClassFileOnce() {
    Files files = new Files();
    files.add("a/One", "a/Two", "a/Face");
    files.add("a/Two", "java/lang/Object", "a/Face");
    files.add("a/Face", "java/lang/Object");

    OneShotResults.reason(Type.getObjectType("a/One"), new Supertypes(files));

    assertThat(files.read).doesNotHaveDuplicates().contains("a/One.class", "a/Face.class");
  }

  private @Nullable String reason(String className) {
    return OneShotResults.reason(Type.getObjectType(className.replace('.', '/')), supertypes);
  }

  private static String refusal(String className, String why) {
    return "its result, " + className + ", is not cached: " + why;
  }

  /** A loader of class files made up here. */
  private static final class Files extends ClassLoader {
    final Map<String, byte[]> classFiles = new HashMap<>();
    final List<String> read = new ArrayList<>();

    void add(String name, String superName, String... interfaces) {
      classFiles.put(name + ".class", classFile(name, superName, interfaces));
    }

    static byte[] classFile(String name, String superName, String... interfaces) {
      ClassWriter writer = new ClassWriter(0);
      writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, superName, interfaces);
      writer.visitEnd();
      return writer.toByteArray();
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      read.add(name);
      byte[] classFile = classFiles.get(name);
      return classFile == null
          ? super.getResourceAsStream(name)
          : new ByteArrayInputStream(classFile);
    }
  }
}
