package io.larder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the jar may be used with: any JVM from Java 8 on, and nothing else. */
class ClassFilesTest {

  private static final int JAVA_8 = 52;

  static List<Path> classFiles() throws Exception {
    Path root = Path.of(Larder.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  @Test
  void classFiles_areAllOfThem() throws Exception {
    assertThat(classFiles())
        .extracting(file -> file.getFileName().toString())
        .contains(
            "AgentLink.class",
            "CacheIgnore.class",
            "CacheKey.class",
            "CacheStatistics.class",
            "Cached.class",
            "Instances.class",
            "Larder.class");
  }

  @ParameterizedTest
  @MethodSource("classFiles")
  void classFile_isOfJava8(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DataInputStream data = new DataInputStream(in)) {
      assertThat(data.readInt()).isEqualTo(0xCAFEBABE);
      assertThat(data.readUnsignedShort()).isZero();
      assertThat(data.readUnsignedShort()).isEqualTo(JAVA_8);
    }
  }

  @ParameterizedTest
  @MethodSource("classFiles")
  void classFile_namesOnlyTheJdkAndThisPackage(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);

    assertThat(text).doesNotContain("org/", "com/", "net/", "javax/", "io/larder/bootstrap");
  }

  @ParameterizedTest
  @ValueSource(classes = {Cached.class, CacheKey.class, CacheIgnore.class})
  void annotation_isInTheClassFileAndSeenByReflection(Class<?> annotation) {
    assertThat(annotation.getAnnotation(Retention.class).value())
        .isEqualTo(RetentionPolicy.RUNTIME);
    assertThat(annotation.getAnnotation(Target.class).value())
        .containsExactly(annotation == Cached.class ? ElementType.METHOD : ElementType.PARAMETER);
  }
}
