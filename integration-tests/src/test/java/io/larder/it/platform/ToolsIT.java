package io.larder.it.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.jvm.AgentJar;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** JAVA_TOOL_OPTIONS reaches every JVM that is started, those of the JDK's own tools as well. */
class ToolsIT {

  @TempDir private Path directory;

  @EachJdk
  void tools_startedWithTheAgent_printTheSame(Jdk jdk) throws IOException {
    Path source = directory.resolve("Source.java");
    Files.writeString(source, "class Source { @Deprecated int number() { return 1; } }");

    assertSame(jdk, "java", "-version");
    assertSame(jdk, "javac", "-version");
    assertSame(jdk, "javac", "-d", directory.toString(), source.toString());
    assertSame(jdk, "javap", "-cp", directory.toString(), "Source");
    assertSame(jdk, "jar", "--version");
  }

  @EachJdk
  void jcmd_startedWithTheAgent_listsProcesses(Jdk jdk) {
    Outcome outcome = Jvm.runTool(jdk, "jcmd", withAgent(), "-l").requireSuccess();

    assertThat(outcome.stdout()).contains("jdk.jcmd/sun.tools.jcmd.JCmd -l");
    assertThat(withoutPickedUp(outcome)).isEmpty();
  }

  private static void assertSame(Jdk jdk, String tool, String... arguments) {
    Outcome without = Jvm.runTool(jdk, tool, Map.of(), arguments);
    Outcome with = Jvm.runTool(jdk, tool, withAgent(), arguments);

    assertThat(with.exitCode()).as(with.toString()).isEqualTo(without.exitCode()).isZero();
    assertThat(with.stdout()).isEqualTo(without.stdout());
    assertThat(withoutPickedUp(with)).isEqualTo(without.stderr());
  }

  /** The JVM itself says that it picked the variable up. */
  private static String withoutPickedUp(Outcome outcome) {
    return outcome.stderr().replaceFirst("^Picked up JAVA_TOOL_OPTIONS: [^\n]*\n", "");
  }

  private static Map<String, String> withAgent() {
    return Map.of("JAVA_TOOL_OPTIONS", "-javaagent:" + AgentJar.path());
  }
}
