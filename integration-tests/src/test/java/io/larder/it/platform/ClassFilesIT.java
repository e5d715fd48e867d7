package io.larder.it.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import io.larder.it.jvm.SourceCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Class files of all ages, down to those that cannot hold an invokedynamic. */
class ClassFilesIT {

  private static final int JAVA_5 = 49;
  private static final int JAVA_6 = 50;
  private static final int JAVA_7 = 51;
  private static final int JAVA_8 = 52;

  private static final Map<String, String> CACHED =
      Map.of(
          "answers", "21 21 24 text-1-2.0 text-1-2.0 null null",
          "bodies", "4",
          "failures", "first 1 first 1",
          "failureBodies", "2");

  private static final String OLD_SOURCE =
      """
      package com.acme.old;

      import io.larder.Cached;

      public class Main {
        static int bodies;
        static int failureBodies;

        public static void main(String[] arguments) {
          Main main = new Main();
          System.out.println("answers=" + main.sum(1L, 20) + " " + main.sum(1L, 20) + " "
              + main.sum(4L, 20) + " " + text("text", 1, 2.0) + " " + text("text", 1, 2.0) + " "
              + main.nothing(null) + " " + main.nothing(null));
          System.out.println("bodies=" + bodies);
          System.out.println("failures=" + main.failure() + " " + main.failure());
          System.out.println("failureBodies=" + failureBodies);
        }

        @Cached
        long sum(long one, int other) {
          bodies++;
          long sum = 0;
          for (int i = 0; i < 1; i++) {
            sum += one + other;
          }
          return sum;
        }

        @Cached
        private static String text(String text, int number, double fraction) {
          bodies++;
          try {
            return text + "-" + number + "-" + fraction;
          } finally {
            text = null;
          }
        }

        @Cached
        synchronized Object nothing(int[] values) {
          bodies++;
          return null;
        }

        String failure() {
          try {
            failing(1);
            return "none";
          } catch (IllegalStateException failure) {
            return failure.getMessage();
          }
        }

        @Cached
        private boolean failing(int number) {
          failureBodies++;
          throw new IllegalStateException("first " + number);
        }
      }
      """;

  @TempDir private Path directory;

  @EachJdk
  void classFiles_ofOldVersions_areCached(Jdk jdk) throws IOException {
    for (int version : new int[] {JAVA_5, JAVA_6, JAVA_7, JAVA_8}) {
      Path classes =
          SourceCode.compile(
              8,
              directory.resolve("v" + version),
              Map.of("com/acme/old/Main.java", OLD_SOURCE),
              "-cp",
              Jvm.annotations().toString());
      setVersion(classes, version);
      Outcome outcome =
          Jvm.of(jdk).agent().classPath(classes).main("com.acme.old.Main").run().requireSuccess();

      assertThat(outcome.facts()).as("class file version %d", version).isEqualTo(CACHED);
      assertThat(outcome.stderr()).doesNotContain("WARN", "ERROR");
    }
  }

  /** The code needs nothing newer than Java 5, so that only the version has to be changed. */
  private static void setVersion(Path classes, int version) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).putShort(6, (short) version);
        Files.write(file, bytes);
      }
    }
  }

  /** What the compiler of each JDK makes of its newest language. */
  @EachJdk
  void classFiles_ofTheJdksOwnCompiler_areCached(Jdk jdk) throws IOException {
    boolean patterns = jdk.feature() >= 21;
    String text =
        patterns
            ? """
              return switch (shape) {
                case Circle(double radius) when radius > 1 -> "large " + radius;
                case Circle circle -> "small " + circle;
                case Square(int side) -> "square " + side;
              };
              """
            : """
              if (shape instanceof Circle circle) {
                return circle.radius() > 1 ? "large " + circle.radius() : "small " + circle;
              }
              return "square " + ((Square) shape).side();
              """;
    Path source = directory.resolve("Main.java");
    Files.writeString(
        source,
        """
        import io.larder.Cached;

        public class Main {
          sealed interface Shape permits Circle, Square {}
          record Circle(double radius) implements Shape {}
          record Square(int side) implements Shape {}

          static int bodies;

          public static void main(String[] arguments) {
            for (int i = 0; i < 2; i++) {
              System.out.println("shapes" + i + "=" + name(new Circle(2)) + ", "
                  + name(new Circle(1)) + ", " + name(new Square(3)));
            }
            System.out.println("bodies=" + bodies);
          }

          @Cached
          static String name(Shape shape) {
            bodies++;
            %s
          }
        }
        """
            .formatted(text));
    Jvm.runTool(
            jdk,
            "javac",
            Map.of(),
            "-cp",
            Jvm.annotations().toString(),
            "-d",
            directory.toString(),
            source.toString())
        .requireSuccess();
    Outcome outcome = Jvm.of(jdk).agent().classPath(directory).main("Main").run().requireSuccess();

    String shapes = "large 2.0, small Circle[radius=1.0], square 3";
    assertThat(outcome.facts())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("shapes0", shapes, "shapes1", shapes, "bodies", "3"));
    assertThat(outcome.stderr()).doesNotContain("WARN", "ERROR");
  }
}
