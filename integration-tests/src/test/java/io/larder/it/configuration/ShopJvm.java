package io.larder.it.configuration;

import io.larder.it.apps.configuration.Shop;
import io.larder.it.jvm.AgentJar;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import io.larder.it.jvm.RunningJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A {@link Shop} that waits for commands, and the commands of Larder on it. */
final class ShopJvm implements AutoCloseable {

  static final Duration SOON = Duration.ofSeconds(30);
  static final String LARDER = "io.larder:type=Larder";

  private static final String SHOP = "io.larder.it.apps.configuration.Shop";

  final RunningJvm jvm;
  private final Jdk jdk;

  private ShopJvm(Jdk jdk, Jvm jvm) {
    this.jdk = jdk;
    this.jvm = jvm.testClasses().main(Shop.class).start();
    this.jvm.awaitLine("^ready=true", SOON);
  }

  static ShopJvm start(Jdk jdk, Jvm jvm) {
    return new ShopJvm(jdk, jvm);
  }

  /** A cache {@code name} with methods of the shop. */
  static String cache(String name, String... methods) {
    StringBuilder text = new StringBuilder("caches:\n  " + name + ":\n    methods:\n");
    for (String method : methods) {
      text.append("      - ").append(SHOP).append('#').append(method).append('\n');
    }
    return text.toString();
  }

  /** Writes the whole of a file at once, as editors do; answers it. */
  static Path write(Path file, String text) {
    try {
      Path whole = Files.createTempFile(file.getParent(), "new", ".yaml");
      Files.writeString(whole, text);
      return Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot write " + file, failure);
    }
  }

  /** What the shop answers, with how often the body ran. */
  String ask(String command) {
    jvm.writeLine(command);
    return jvm.awaitLine("^" + command.split(" ", 2)[0] + "=(.*)", SOON).group(1);
  }

  /** Runs a command of the agent's jar on it. */
  Outcome larder(String command, Path... files) {
    List<String> words = new ArrayList<>(List.of(command, Long.toString(jvm.pid())));
    for (Path file : files) {
      words.add(file.toString());
    }
    return Jvm.of(jdk).jar(AgentJar.path()).arguments(words.toArray(new String[0])).run();
  }

  /** The line of {@code list} about it. */
  String listed() {
    String pid = Long.toString(jvm.pid());
    return Jvm.of(jdk)
        .jar(AgentJar.path())
        .arguments("list")
        .run()
        .requireSuccess()
        .stdout()
        .lines()
        .filter(line -> line.strip().startsWith(pid + " "))
        .findFirst()
        .orElse("");
  }

  Outcome end() {
    jvm.writeLine("");
    return jvm.waitFor(SOON).requireSuccess();
  }

  @Override
  public void close() {
    jvm.close();
  }
}
