package io.larder.runtime.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has which directory. */
class StorePlaceTest {

  @TempDir Path directory;

  /** Another JVM: takes a place and says which. */
  public static void main(String[] arguments) throws IOException {
    try (StorePlace place = take(Path.of(arguments[0]))) {
      System.out.println(place.directory().getFileName());
    }
  }

  private static StorePlace take(Path directory) throws IOException {
    return StorePlace.take(directory, "app");
  }

  private String takenByAnotherJvm() throws IOException {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                StorePlaceTest.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(other.getInputStream().readAllBytes(), UTF_8).strip();
  }

  @Test
  void take_twiceInOneJvm_eachHasItsOwn_andTheFirstStaysLockedForOthers() throws IOException {
    try (StorePlace first = take(directory)) {
      assertThat(first.directory().toString()).endsWith("-1");
      try (StorePlace second = take(directory)) {
        assertThat(second.directory().toString()).endsWith("-2");
      }
      assertThat(takenByAnotherJvm()).endsWith("-2");
    }
    assertThat(takenByAnotherJvm()).endsWith("-1");
    try (StorePlace again = take(directory)) {
      assertThat(again.directory().toString()).endsWith("-1");
    }
  }
}
