package io.larder.it.sharing;

import io.larder.it.apps.sharing.Node;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import io.larder.it.jvm.RunningJvm;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A {@link Node} that waits for commands. */
final class NodeJvm implements AutoCloseable {

  static final Duration SOON = Duration.ofSeconds(30);

  final RunningJvm jvm;

  private NodeJvm(Jvm jvm, Class<?> main) {
    this.jvm = jvm.testClasses().main(main).start();
    this.jvm.awaitLine("^ready=true", SOON);
  }

  /**
   * Starts one.
   *
   * @param name what its answers begin with
   * @param redis where Redis is; {@code null} for none
   */
  static NodeJvm start(Jdk jdk, String name, @Nullable String redis) {
    return start(of(jdk, name, redis));
  }

  static NodeJvm start(Jvm jvm) {
    return start(jvm, Node.class);
  }

  /** Starts another program that waits for commands as a node does. */
  static NodeJvm start(Jvm jvm, Class<?> main) {
    return new NodeJvm(jvm, main);
  }

  static Jvm of(Jdk jdk, String name, @Nullable String redis) {
    Jvm jvm = Jvm.of(jdk).agent().systemProperty("node.name", name);
    return redis == null ? jvm : jvm.systemProperty("larder.redis.uri", redis);
  }

  String ask(String command) {
    tell(command);
    return answer(command);
  }

  void tell(String command) {
    jvm.writeLine(command);
  }

  String answer(String command) {
    return jvm.awaitLine("^" + command.split(" ", 2)[0] + "=(.*)", SOON).group(1);
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
