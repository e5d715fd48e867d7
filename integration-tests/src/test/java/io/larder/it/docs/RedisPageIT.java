package io.larder.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.jvm.AgentJar;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jdks;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import io.larder.runtime.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about Redis: its commands do what it says, with the packed jar. */
class RedisPageIT {

  private static final String COMMAND = "java -jar larder-agent.jar ";

  private final Page page = Page.of("docs/redis.md");

  @TempDir private Path directory;

  private static Outcome run(Jdk jdk, String... arguments) {
    return Jvm.of(jdk).jar(AgentJar.path()).arguments(arguments).run();
  }

  /** Numbers that differ from run to run are left out. */
  private static List<String> comparable(String lines) {
    return lines
        .lines()
        .map(line -> line.replaceAll("\\d+(\\.\\d+)?(?= ms|K used|M used)|localhost:\\d+", "_"))
        .map(line -> line.replaceAll("[KM] used", "K used").replace(", which is close", ""))
        .map(line -> line.replaceFirst("^(ok|WARN) +round", "ok round"))
        .toList();
  }

  @EachJdk
  void redisCheck_ofAFreshServer_saysWhatThePageShows(Jdk jdk) {
    String command = page.blocks("console").get(0).strip();
    assertThat(command).startsWith(COMMAND);
    try (RedisServer server = RedisServer.start()) {
      String[] arguments =
          command.substring(COMMAND.length()).replace("6379", "" + server.port()).split(" ", -1);

      Outcome outcome = run(jdk, arguments).requireSuccess();

      assertThat(comparable(outcome.stdout()))
          .containsExactlyElementsOf(comparable(page.blocks("").get(0)));
      assertThat(outcome.stderr()).isEmpty();
    }
  }

  @Test
  void redisCheck_rightsOfThePage_areEnoughAndNoneTooMany() throws IOException {
    String rule = page.blocks("").get(1).strip();
    Path password = Files.writeString(directory.resolve("password"), "secret\n");
    try (RedisServer server = RedisServer.start()) {
      assertThat(server.say(rule)).isEqualTo("+OK");
      String uri = "redis://larder@127.0.0.1:" + server.port();

      Outcome outcome =
          run(Jdks.current(), "redis-check", uri, "--password-file", password.toString());

      assertThat(outcome.requireSuccess().stdout()).doesNotContain("FAIL");
      for (String right : List.of("get", "set", "eval", "publish", "hincrby")) {
        server.say("ACL SETUSER larder -" + right);
        Outcome without =
            run(Jdks.current(), "redis-check", uri, "--password-file", password.toString());
        assertThat(without.exitCode()).isEqualTo(1);
        assertThat(without.stdout()).contains("FAIL").doesNotContain("secret");
        server.say("ACL SETUSER larder +" + right);
      }
    }
  }

  @Test
  void redisCheck_wrongUsage_saysWhatIsMeant() {
    Outcome wrong = run(Jdks.current(), "redis-check", "redis://u:secret@host:x");
    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.stderr())
        .isEqualTo(
            "redis.uri \"redis://***@host:x\": the port must be a number from 1 to 65535: \"x\"\n");

    Outcome nothing = run(Jdks.current(), "redis-check");
    assertThat(nothing.exitCode()).isEqualTo(2);
    assertThat(nothing.stderr())
        .startsWith("redis-check takes a URI, as in redis://localhost:6379\n");
  }

  @Test
  void yaml_ofThePage_isInOrder() throws IOException {
    Path file = Files.writeString(directory.resolve("larder.yaml"), page.blocks("yaml").get(0));

    assertThat(run(Jdks.current(), "check", file.toString()).exitCode()).isZero();
  }
}
