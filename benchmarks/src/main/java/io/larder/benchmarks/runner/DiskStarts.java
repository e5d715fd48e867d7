package io.larder.benchmarks.runner;

import io.larder.Cached;
import io.larder.benchmarks.startup.Agent;
import io.larder.benchmarks.startup.Application;
import io.larder.benchmarks.startup.FillDisk;
import io.larder.benchmarks.startup.Hello;
import io.larder.benchmarks.startup.HelloCached;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The agents that show what a disk tier costs at start-up. */
final class DiskStarts {

  /** Settings have to be read on all sides: that takes some 50 ms by itself. */
  static final String NONE = "Larder, a setting but no disk tier";

  static final String EMPTY = "Larder, a disk tier with nothing in it";
  static final String FULL = "Larder, a disk tier with 1 GB in it";

  static final String CACHED = "hello-world with a cached method";

  private static final String BOUND = "-Dlarder.disk.maximumBytes=2GB";

  /**
   * Or who fills it would be another application than those that start, with a place of its own.
   */
  private static final String ONE = "-Dlarder.disk.application=start-up";

  private static final long FULL_BYTES = 1L << 30;

  private final Options options;
  private final Layout layout;

  DiskStarts(Options options, Layout layout) {
    this.options = options;
    this.layout = layout;
  }

  /** One that never opens the disk tier, as it has nothing to keep, and one that does. */
  List<Application> applications() {
    return List.of(
        application(Report.HELLO, Hello.class, /* startedLine= */ ""),
        application(CACHED, HelloCached.class, "hello"));
  }

  private Application application(String name, Class<?> main, String startedLine) {
    Path annotations =
        Path.of(Cached.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    return new Application(
        name,
        List.of(
            "-cp",
            layout.classes() + System.getProperty("path.separator") + annotations,
            main.getName()),
        startedLine);
  }

  /** None, Larder, and Larder with an empty and with a full disk tier, which is made now. */
  List<Agent> agents(Jdk jdk) {
    Path full = ScratchDirectory.empty(layout, "disk-full");
    List<String> command = new ArrayList<>();
    command.add(jdk.java());
    command.addAll(options(full));
    command.addAll(List.of("-cp", layout.classPath(), FillDisk.class.getName(), full.toString()));
    command.add(Long.toString(FULL_BYTES));
    List<String> unused = ChildJvm.run(command);
    return List.of(
        new Agent(Report.NO_AGENT, List.of()),
        new Agent(NONE, List.of("-javaagent:" + options.agent(), BOUND)),
        new Agent(EMPTY, options(ScratchDirectory.empty(layout, "disk-empty"))),
        new Agent(FULL, options(full)));
  }

  private List<String> options(Path directory) {
    return List.of(
        "-javaagent:" + options.agent(), "-Dlarder.disk.directory=" + directory, BOUND, ONE);
  }
}
