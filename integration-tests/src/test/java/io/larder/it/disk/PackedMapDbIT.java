package io.larder.it.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.apps.disk.PackedMapDb;
import io.larder.it.apps.platform.Small;
import io.larder.it.jvm.AgentJar;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** MapDB as it is packed: cut down, silent, and read only when it is asked for. */
class PackedMapDbIT {

  @TempDir private Path directory;

  @EachJdk
  void allThatMayHappenToAFile_findsItsClasses_andPrintsNothing(Jdk jdk) throws IOException {
    Path log = directory.resolve("classes.txt");
    Jvm jvm =
        Jvm.of(jdk)
            .agent()
            .option("--add-opens=java.base/java.lang=ALL-UNNAMED")
            .option("-Xlog:class+load:file=" + log)
            .testClasses()
            .main(PackedMapDb.class)
            .arguments(AgentJar.path().toString(), directory.toString());
    if (jdk.feature() >= 24) {
      jvm.option("--sun-misc-unsafe-memory-access=deny");
    }
    Outcome outcome = jvm.run().requireSuccess();

    assertThat(outcome.facts())
        .containsEntry("linkErrors", "0")
        .containsKeys(
            "DBException DataCorruption",
            "DBException FileLocked",
            "DBException GetVoid",
            "DBException NewMapDBFormat",
            "DBException PointerChecksumBroken",
            "DBException SerializationError",
            "DBException VolumeIOError",
            "ReadOnlyBufferException",
            "Store was closed");
    assertThat(outcome.fact("found")).matches("(\\d+) of \\1");
    assertThat(Integer.parseInt(outcome.fact("linked"))).isGreaterThan(100);
    assertThat(outcome.stdout().lines()).allMatch(line -> line.contains("="));
    assertThat(outcome.stderr()).doesNotContainIgnoringCase("warn").doesNotContain("mapdb");
    assertThat(outcome.fact("naming java/util/logging")).isEqualTo("0");
    assertThat(Files.readString(log))
        .contains("org.mapdb.StoreDirect ")
        .doesNotContain(" kotlin.", "org.eclipse.collections", "net.jpountz");
  }

  @EachJdk
  void withoutDisk_loadsNoneOfIt(Jdk jdk) throws IOException {
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
        .doesNotContain("org.mapdb", "io.larder.runtime.disk");
  }
}
