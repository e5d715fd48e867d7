package io.larder.it.management;

import static org.awaitility.Awaitility.await;

import io.larder.it.apps.management.Managed;
import io.larder.it.jvm.Console;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.RunningJvm;
import java.time.Duration;
import java.util.List;

/** Drives {@link Managed} over its standard input. */
final class ManagedJvm {

  static final Duration SOON = Duration.ofSeconds(30);
  static final String LARDER = "io.larder:type=Larder";
  static final String SQUARE = "io.larder:type=Cache,name=managed.square";
  static final String FAILING = "io.larder:type=Cache,name=managed.failing";

  private ManagedJvm() {}

  static RunningJvm start(Jvm jvm) {
    RunningJvm started = jvm.testClasses().main(Managed.class).start();
    started.awaitLine("^ready=true", SOON);
    return started;
  }

  /** Attaches and waits until the beans are there. */
  static Console console(RunningJvm jvm) {
    Console console = Console.attachTo(jvm);
    await()
        .atMost(SOON)
        .until(() -> console.beans("io.larder:*").containsAll(List.of(SQUARE, LARDER)));
    return console;
  }

  /** Calls once and answers how often the body has run so far. */
  static int call(RunningJvm jvm, int number) {
    jvm.writeLine("call " + number);
    return Integer.parseInt(jvm.awaitLine("^bodies=(.*)", SOON).group(1));
  }

  /** Calls with that many different numbers, from 0. */
  static void beat(RunningJvm jvm, int count) {
    jvm.writeLine("beat " + count);
    jvm.awaitLine("^beaten=" + count, SOON);
  }

  static int late(RunningJvm jvm) {
    jvm.writeLine("late 2");
    return Integer.parseInt(jvm.awaitLine("^lateBodies=(.*)", SOON).group(1));
  }

  static void end(RunningJvm jvm) {
    jvm.writeLine("");
    jvm.waitFor(SOON).requireSuccess();
  }
}
