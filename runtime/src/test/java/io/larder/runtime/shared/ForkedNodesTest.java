package io.larder.runtime.shared;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.redis.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four real JVMs over one Redis. */
class ForkedNodesTest {

  private static final int ROUNDS = 4;

  private RedisServer server;
  private final List<Fork> forks = new ArrayList<>();

  /** A JVM and the way to it. */
  private static final class Fork {
    private final Process process;
    private final BufferedReader answers;

    Fork(String uri) {
      Path java = Path.of(System.getProperty("java.home"), "bin", "java");
      try {
        process =
            new ProcessBuilder(
                    java.toString(),
                    "-Xmx128m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ForkedNode.class.getName(),
                    uri)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
      answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    void say(String command) {
      try {
        OutputStream out = process.getOutputStream();
        out.write((command + "\n").getBytes(UTF_8));
        out.flush();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    String answer() {
      try {
        return String.valueOf(answers.readLine());
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    String ask(String command) {
      say(command);
      return answer();
    }

    /** Stops the whole JVM for a while, as a long pause of its collector does. */
    void holdUp(Duration lasting) throws IOException, InterruptedException {
      signal("-STOP");
      LockSupport.parkNanos(lasting.toNanos());
      signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
      Process kill =
          new ProcessBuilder("kill", signal, String.valueOf(process.pid())).inheritIO().start();
      assertThat(kill.waitFor()).isZero();
    }
  }

  @BeforeEach
  void start() {
    server = RedisServer.start();
    for (int i = 0; i < 4; i++) {
      forks.add(new Fork(server.uri()));
    }
    forks.forEach(fork -> assertThat(fork.answer()).isEqualTo("ready"));
  }

  @AfterEach
  void stop() {
    forks.forEach(fork -> fork.process.destroyForcibly());
    server.close();
  }

  @Test
  void twoHundredThreadsOnFourJvms_missingOneKey_loadItOnce() {
    forks.forEach(fork -> fork.say("leased k 50"));
    int loads = forks.stream().mapToInt(fork -> Integer.parseInt(fork.answer())).sum();
    assertThat(loads).isEqualTo(1);
  }

  @Test
  void invalidationAndLoad_travelBetweenJvms() {
    assertThat(forks.get(0).ask("call k old")).isEqualTo("old");
    for (Fork fork : forks) {
      assertThat(fork.ask("call k other")).isEqualTo("old");
    }
    assertThat(forks.get(3).ask("invalidate k")).isEqualTo("done");
    for (Fork fork : forks) {
      await()
          .atMost(Duration.ofSeconds(3))
          .pollInterval(Duration.ofMillis(1))
          .until(() -> fork.ask("held k").equals("nothing"));
    }
    assertThat(forks.get(1).ask("call k new")).isEqualTo("new");
    assertThat(forks.get(2).ask("call k other")).isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 400, 900})
  void jvmHeldUp_hearsAllOfMeanwhile_andDoubtsNothing(int millis) throws Exception {
    Fork held = forks.get(1);
    for (int round = 0; round < ROUNDS; round++) {
      String outdated = "outdated" + round;
      String kept = "kept" + round;
      assertThat(held.ask("call " + outdated + " old")).isEqualTo("old");
      assertThat(held.ask("call " + kept + " old")).isEqualTo("old");
      Thread other = new Thread(() -> forks.get(0).ask("invalidate " + outdated));
      other.start();
      held.holdUp(Duration.ofMillis(millis));
      other.join();
      await()
          .atMost(Duration.ofSeconds(3))
          .pollInterval(Duration.ofMillis(1))
          .until(() -> held.ask("held " + outdated).equals("nothing"));
      assertThat(held.ask("held " + kept)).isEqualTo("old");
    }
    assertThat(held.ask("doubts")).isEqualTo("0");
  }

  @Test
  void jvmKilledWhileItLoads_theOthersGoOn() {
    forks.get(0).say("leased k 1");
    await().until(() -> server.say("DBSIZE").equals(":2")); // the state, and the lease
    forks.get(0).process.destroyForcibly();
    long start = System.nanoTime();
    forks.subList(1, 4).forEach(fork -> fork.say("leased k 50"));
    int loads =
        forks.subList(1, 4).stream().mapToInt(fork -> Integer.parseInt(fork.answer())).sum();
    assertThat(loads).isEqualTo(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }
}
