package io.larder.it.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.it.apps.sharing.Callers;
import io.larder.it.jvm.Console;
import io.larder.it.jvm.Jdks;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.RunningJvm;
import io.larder.runtime.redis.FaultProxy;
import io.larder.runtime.redis.RedisServer;
import io.larder.runtime.thread.RunQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * 64 threads of an application call cached methods while its Redis is sick in each way of the
 * matrix of faults: no call may see an exception or a wrong value, nor wait longer than the
 * deadline and ten milliseconds.
 */
class FaultsIT {

  /** Faults of each kind; {@code -Dlarder.faults=20} for more. */
  private static final int INJECTIONS = Integer.getInteger("larder.faults", 1);

  private static final long WARM_CALLS = 15_000;
  private static final String BACKEND = "io.larder:type=Backend,name=redis";
  private static final Duration LASTING = Duration.ofMillis(600);
  private static final Duration HEALTHY = Duration.ofMillis(150);
  private static final String EACH_ENTRY =
      "EVAL \"for _,k in ipairs(redis.call('KEYS','larder:e:*')) do %s end\" 0";

  private final RedisServer redis =
      RedisServer.start("--key-load-delay", "2000", "--rdbcompression", "no");
  private final FaultProxy network = new FaultProxy(redis.port());
  private final List<String> table = new ArrayList<>();
  private final SoftAssertions promises = new SoftAssertions();
  private RunningJvm jvm;
  private Console console;

  @AfterEach
  void stop() {
    console.close();
    jvm.close();
    network.close();
    redis.close();
  }

  @Test
  void callsOf64Threads_throughEachFault_areRightAndInTime() throws IOException {
    jvm =
        Jvm.of(Jdks.current())
            .agent()
            .systemProperty("larder.redis.uri", network.uri())
            .testClasses()
            .classPath(Jvm.locationOf(RunQueue.class))
            .main(Callers.class)
            .start();
    jvm.awaitErrorLine("INFO Results are shared with other JVMs", NodeJvm.SOON);
    console = Console.attachTo(jvm);
    table.add(
        "| fault | times | calls | exceptions | wrong values | added wait at most | above 60 ms |"
            + " less the machine's part | above 60 ms | control's worst | noticed | well again |");
    table.add("|---|---|---|---|---|---|---|---|---|---|---|---|");
    await("classes to be loaded and compiled")
        .atMost(Duration.ofMinutes(1))
        .until(() -> Long.parseLong(ask("end").split(" ", -1)[0]) > WARM_CALLS);

    inject("none", () -> {}, () -> {});
    inject("1 refused", network::refuse, network::heal);
    inject("2 stopped", redis::pause, redis::proceed);
    inject("3 killed, comes back empty", redis::kill, redis::restart);
    inject("4 delay of 20 ms", () -> network.delay(20, 20), network::heal);
    inject("4 delay of 35 ms", () -> network.delay(35, 35), network::heal);
    inject("4 delay of 90 ms", () -> network.delay(90, 90), network::heal);
    inject("4 delay of 150 ms", () -> network.delay(150, 150), network::heal);
    inject("4 delay of 0 to 100 ms", () -> network.delay(0, 100), network::heal);
    inject("5 silent", network::blackhole, network::heal);
    inject("5 half open", network::halfOpen, network::heal);
    inject("6 reset", network::reset, network::heal);
    inject("6 cut inside replies", network::cutReplies, network::heal);
    inject("7 byte by byte", () -> network.drip(Duration.ofMillis(10)), network::heal);
    inject("8 never accepted", network::neverAccept, network::heal);
    inject("11 full", say("CONFIG SET maxmemory 1"), say("CONFIG SET maxmemory 0"));
    inject("11 replica", say("REPLICAOF 127.0.0.1 1"), say("REPLICAOF NO ONE"));
    inject("11 password", this::askForPassword, this::askForNone);
    inject(
        "15 rights denied",
        say("ACL SETUSER default -hmget -eval -get"),
        say("ACL SETUSER default +@all"));
    inject(
        "16 other types",
        say(EACH_ENTRY.formatted("redis.call('SET',k,'x')")),
        say(EACH_ENTRY.formatted("redis.call('DEL',k)")));
    inject(
        "16 garbage",
        say(
            EACH_ENTRY.formatted(
                "for _,f in ipairs(redis.call('HKEYS',k)) do if f~='t' then"
                    + " redis.call('HSET',k,f,'\\xff\\xff garbage') end end")),
        () -> {});
    inject("11 loading", this::load, () -> {});

    report();
    promises.assertAll();
    jvm.writeLine("");
    jvm.waitFor(NodeJvm.SOON).requireSuccess();
  }

  private Runnable say(String command) {
    return () -> assertThat(redis.say(command)).doesNotStartWith("-");
  }

  private void askForPassword() {
    redis.say("CONFIG SET requirepass secret");
    redis.say("AUTH secret\r\nCLIENT KILL TYPE normal", 2);
  }

  private void askForNone() {
    redis.say("AUTH secret\r\nCONFIG SET requirepass \"\"", 2);
  }

  /** It answers that it is loading between two megabytes. */
  private void load() {
    redis.say("FLUSHALL");
    redis.say("DEBUG POPULATE 300 k 200000");
    redis.say("SAVE");
    redis.kill();
    redis.restart();
  }

  private void inject(String name, Runnable bring, Runnable heal) {
    ask("begin");
    long noticed = 0;
    long well = 0;
    for (int i = 0; i < INJECTIONS; i++) {
      long begun = System.nanoTime();
      bring.run();
      long until = System.nanoTime() + LASTING.toNanos();
      boolean up = true;
      while (System.nanoTime() < until) {
        if (up && !isUp()) {
          noticed = Math.max(noticed, System.nanoTime() - begun);
          up = false;
        }
        LockSupport.parkNanos(2_000_000);
      }
      long healing = System.nanoTime();
      heal.run();
      await(name + " to be over")
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(2))
          .until(this::isUp);
      well = Math.max(well, System.nanoTime() - healing);
      LockSupport.parkNanos(HEALTHY.toNanos());
    }
    note(name, noticed, well, ask("end").split(" ", -1));
  }

  private boolean isUp() {
    return console.attribute(BACKEND, "Health").equals("UP");
  }

  private String ask(String command) {
    jvm.writeLine(command);
    return jvm.awaitLine("^" + command + "=(.*)", NodeJvm.SOON).group(1);
  }

  private void note(String name, long noticed, long well, String[] noted) {
    table.add(
        String.format(
            Locale.ROOT,
            "| %s | %d | %s | %s | %s | %.1f ms | %s | %.1f ms | %s | %.1f ms | %s | %d ms |",
            name,
            INJECTIONS,
            noted[0],
            noted[1],
            noted[2],
            millis(noted[4]),
            noted[3],
            millis(noted[6]),
            noted[5],
            millis(noted[7]),
            noticed == 0 ? "-" : noticed / 1_000_000 + " ms",
            well / 1_000_000));
    promises.assertThat(Long.parseLong(noted[0])).as("%s: calls", name).isPositive();
    promises.assertThat(noted[1]).as("%s: exceptions", name).isEqualTo("0");
    promises.assertThat(noted[2]).as("%s: wrong values", name).isEqualTo("0");
    // A call may wait for the deadline and ten milliseconds, and as long as the machine let its
    // thread wait for a processor, or threads of the control, which were due and only park.
    promises
        .assertThat(noted[5])
        .as("%s: calls that waited longer, %s ms at most", name, millis(noted[6]))
        .isEqualTo("0");
  }

  private static double millis(String micros) {
    return Long.parseLong(micros) / 1e3;
  }

  private void report() throws IOException {
    table.forEach(System.out::println);
    Files.write(Path.of("target", "faults.md"), table);
  }
}
