package io.larder.it.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.apps.codec.PackedCodecs;
import io.larder.it.apps.platform.Small;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jdks;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The codecs as they are packed: their libraries are cut down, and see nothing of the application.
 */
class PackedCodecIT {

  @TempDir private Path directory;

  @EachJdk
  void values_ofEachKind_areStored(Jdk jdk) {
    Path file = directory.resolve("values");
    Outcome outcome = packedCodecs(jdk, "write", file).run().requireSuccess();
    assertStored(outcome);
    if (jdk.feature() >= 24) {
      assertStored(
          packedCodecs(jdk, "read", file)
              .option("--sun-misc-unsafe-memory-access=deny")
              .run()
              .requireSuccess());
    }
  }

  @Test
  void values_ofAnotherJdk_areRead() {
    List<String> fingerprints = new ArrayList<>();
    for (Jdk writer : Jdks.all()) {
      Path file = directory.resolve("values-" + writer.feature());
      assertStored(packedCodecs(writer, "write", file).run().requireSuccess());
      for (Jdk reader : Jdks.all()) {
        Outcome outcome = packedCodecs(reader, "read", file).run().requireSuccess();
        assertStored(outcome);
        fingerprints.add(outcome.fact("fingerprint"));
      }
    }
    assertThat(fingerprints).hasSizeGreaterThan(1).containsOnly(fingerprints.get(0));
  }

  @EachJdk
  void memoryOnly_loadsNoneOfIt(Jdk jdk) throws IOException {
    Path log = directory.resolve("classes.txt");
    Jvm.of(jdk)
        .agent()
        .option("-Xlog:class+load:file=" + log)
        .testClasses()
        .main(Small.class)
        .run()
        .requireSuccess();

    assertThat(Files.readString(log))
        .contains("com.github.benmanes.caffeine")
        .doesNotContain("org.apache.fory", "net.jpountz", "io.larder.runtime.codec");
  }

  private static Jvm packedCodecs(Jdk jdk, String what, Path file) {
    return Jvm.of(jdk)
        .agent()
        .option("--add-opens=java.base/java.lang=ALL-UNNAMED")
        .testClasses()
        .main(PackedCodecs.class)
        .arguments(what, file.toString());
  }

  private static void assertStored(Outcome outcome) {
    assertThat(outcome.facts())
        .doesNotContainKey("different")
        .containsEntry("refused", "NotStorableException");
    assertThat(outcome.fact("equal")).matches("(\\d+) of \\1");
    assertThat(outcome.stderr()).doesNotContainIgnoringCase("warn").doesNotContain("ERROR");
  }
}
