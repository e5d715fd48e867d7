package io.larder.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.jvm.AgentJar;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import io.larder.it.jvm.RunningJvm;
import io.larder.it.jvm.SourceCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the page about running JVMs, with the file that the README shows. */
class LivePageIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String COMMAND = "java -jar larder-agent.jar ";

  private static final String SERVICE =
      """
      package com.acme;
      public class PriceDao {
        static int runs;
        String find(long product, String currency) {
          runs++;
          return product + " " + currency;
        }
        void save(long product) {}
        public static void main(String[] arguments) throws java.io.IOException {
          PriceDao dao = new PriceDao();
          System.out.println("ready=true");
          for (int word = System.in.read(); word == '\\n'; word = System.in.read()) {
            dao.find(7, "EUR");
            System.out.println("runs=" + runs);
          }
        }
      }
      """;

  private final Page page = Page.of("docs/live.md");

  @TempDir private Path directory;

  @EachJdk
  void commands_ofThePage_inItsOrder_doWhatItSays(Jdk jdk) throws IOException {
    Files.writeString(directory.resolve("larder.yaml"), Page.of("README.md").blocks("yaml").get(0));
    Path service = directory.resolve("service.jar");
    pack(service);
    List<String> examples = page.section("## Attach").blocks("").get(0).lines().toList();
    assertThat(examples).hasSize(2).allMatch(line -> line.startsWith(COMMAND));

    try (RunningJvm jvm = Jvm.of(jdk).classPath(service).main("com.acme.PriceDao").start()) {
      jvm.awaitLine("^ready=true", SOON);
      assertThat(run(jdk, jvm, examples.get(0)))
          .isEqualTo(
              """
              larder.yaml:5: com.acme.PriceDao#find(long, String)
                com.acme.PriceDao#find(long, String) is cached in "prices"
              larder.yaml:7: com.acme.PriceDao#save*
                com.acme.PriceDao#save(long) invalidates "prices"
              """);
      assertThat(runs(jvm)).isEqualTo(1);
      assertThat(runs(jvm)).isEqualTo(2);
      assertThat(run(jdk, jvm, examples.get(1))).startsWith("Larder caches ");
      assertThat(runs(jvm)).isEqualTo(3);
      assertThat(runs(jvm)).isEqualTo(3);

      for (String command : commands()) {
        if (word(command).equals("redis-check")) {
          continue; // of no process; RedisPageIT runs it
        }
        String said = run(jdk, jvm, command);
        switch (word(command)) {
          case "list" -> assertThat(said).contains(jvm.pid() + "  com.acme.PriceDao ");
          case "attach" -> assertThat(said).startsWith("Larder is in this JVM already. ");
          case "explain" ->
              assertThat(said)
                  .contains("SERVING            com.acme.PriceDao#find(long, String) in \"prices\"")
                  .contains("INVALIDATES        com.acme.PriceDao#save(long) in \"prices\"");
          case "detach" -> assertThat(runs(jvm)).isEqualTo(4);
          case "check" -> assertThat(said).contains("is cached in");
          default -> throw new AssertionError("The page has a new command: " + command);
        }
      }
      jvm.writeLine("end");
      assertWarnedOnlyByTheJvm(jdk, jvm.waitFor(SOON).requireSuccess());
    }
  }

  /** As the page says of JEP 451, and of the option that allows it. */
  @EachJdk
  void warningOfTheJvm_isGoneWithTheOption(Jdk jdk) throws IOException {
    Path service = directory.resolve("service.jar");
    pack(service);
    String option = "-XX:+EnableDynamicAgentLoading";
    assertThat(page.text()).contains("`" + option + "`");
    try (RunningJvm jvm =
        Jvm.of(jdk).option(option).classPath(service).main("com.acme.PriceDao").start()) {
      jvm.awaitLine("^ready=true", SOON);
      run(jdk, jvm, COMMAND + "attach 4711");
      jvm.writeLine("end");

      assertThat(jvm.waitFor(SOON).requireSuccess().stderr()).isEmpty();
    }
  }

  private static void assertWarnedOnlyByTheJvm(Jdk jdk, Outcome outcome) {
    List<String> others =
        outcome.stderr().lines().filter(line -> !line.startsWith("[larder] INFO ")).toList();
    if (jdk.feature() < 21) {
      assertThat(others).isEmpty();
    } else {
      assertThat(others)
          .isNotEmpty()
          .allMatch(line -> line.startsWith("WARNING: "))
          .anyMatch(line -> line.contains("A Java agent has been loaded dynamically"));
    }
  }

  private List<String> commands() {
    return page.table().stream().map(row -> Page.code(row.get(0)).get(0)).toList();
  }

  private static String word(String command) {
    return command.substring(COMMAND.length()).split(" ", 2)[0];
  }

  /** Runs a command as it stands on the page, with the process and the jars that are meant. */
  private String run(Jdk jdk, RunningJvm jvm, String command) {
    String[] words =
        command
            .substring(COMMAND.length())
            .replaceFirst("<pid>|4711", Long.toString(jvm.pid()))
            .replace("<jars>", "service.jar")
            .split(" ", -1);
    return Jvm.of(jdk)
        .directory(directory)
        .jar(AgentJar.path())
        .arguments(words)
        .run()
        .requireSuccess()
        .stdout();
  }

  private static int runs(RunningJvm jvm) {
    jvm.writeLine("");
    return Integer.parseInt(jvm.awaitLine("^runs=(.*)", SOON).group(1));
  }

  private void pack(Path jar) throws IOException {
    Path classes =
        SourceCode.compile(
            directory.resolve("classes"), Map.of("com/acme/PriceDao.java", SERVICE), "-g");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        Stream<Path> all = Files.walk(classes)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(each).toString().replace('\\', '/')));
        out.write(Files.readAllBytes(each));
      }
    }
  }
}
