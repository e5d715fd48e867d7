package io.larder.agent;

import io.larder.agent.premain.Agent;
import io.larder.runtime.CallReport;
import io.larder.runtime.config.Configuration;
import io.larder.runtime.logging.Log;
import io.larder.runtime.management.AgentControl;
import java.io.File;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The agent in this JVM: puts its parts in place, as its settings say, and takes them out again.
 */
public final class Installation implements Agent, AgentControl {

  private static final String FILE = "larder.yaml";

  private final WeavingLog log = new WeavingLog();

  /** Set by {@link #start}, before anybody asks. */
  private volatile @Nullable Parts parts;

  /** What works together. */
  private record Parts(
      Instrumentation instrumentation,
      CachingTransformer transformer,
      LazyRuntime runtime,
      LiveWeaving weaving,
      LiveConfiguration configuration) {}

  @Override
  public void start(
      @Nullable String arguments, Instrumentation instrumentation, List<Class<?>> loaded) {
    AgentSettings settings = AgentSettings.read(arguments, System.getProperties(), System.getenv());
    Log.setLevel(settings.log(Configuration.Switches.NONE));
    for (String problem : settings.problems()) {
      Log.line(Log.Level.WARN, problem);
    }
    if (Boolean.FALSE.equals(settings.enabledSaid())) {
      return;
    }
    String management = settings.management(Configuration.Switches.NONE);
    LazyRuntime runtime = new LazyRuntime(new LinkDefinition(instrumentation), this, management);
    CachingTransformer transformer = new CachingTransformer(runtime, log);
    Path file = fileOf(settings);
    LiveWeaving weaving =
        new LiveWeaving(
            instrumentation,
            settings,
            transformer,
            runtime,
            log,
            file == null ? "" : String.valueOf(file.getFileName()));
    LiveConfiguration configuration = new LiveConfiguration(file, weaving);
    parts = new Parts(instrumentation, transformer, runtime, weaving, configuration);
    instrumentation.addTransformer(transformer, /* canRetransform= */ true);
    configuration.reload();
    weaving.weave(loaded);
    // So that JMX shows the configuration, also when nothing that it names is there.
    configuration.watch(runtime::isStarted);
  }

  /** The file that is named, or the one in the working directory, if there is one. */
  private static @Nullable Path fileOf(AgentSettings settings) {
    if (settings.config() != null) {
      return Path.of(settings.config());
    }
    return new File(FILE).exists() ? Path.of(FILE) : null;
  }

  @Override
  public String summary() {
    Parts here = parts;
    if (here == null) {
      return "Larder is switched off.";
    }
    List<CallReport> reports = here.runtime.reports();
    long saved =
        reports.stream()
            .collect(Collectors.toMap(CallReport::cacheName, CallReport::savedMillis, Math::max))
            .values()
            .stream()
            .mapToLong(Long::longValue)
            .sum();
    return "Larder caches "
        + log.wovenMethods()
        + (log.wovenMethods() == 1 ? " method" : " methods")
        + " in "
        + reports.stream().map(CallReport::cacheName).distinct().count()
        + " caches that were used, has refused "
        + log.rejectedMethods().size()
        + " and has saved "
        + saved
        + " ms; configuration: "
        + here.configuration.source()
        + ".";
  }

  @Override
  public String explanation() {
    return summary() + "\n\n" + Explanation.table(methods());
  }

  @Override
  public void stop() {
    Parts here = parts;
    if (here != null) {
      parts = null;
      here.configuration.stop();
      here.instrumentation.removeTransformer(here.transformer);
      here.weaving.unweave();
      here.runtime.stop();
    }
  }

  @Override
  public void running() {
    Log.line(
        Log.Level.INFO,
        summary() + " \"java -jar larder-agent.jar explain\" says more of each method.");
  }

  @Override
  public int wovenMethods() {
    return log.wovenMethods();
  }

  @Override
  public List<String> rejectedMethods() {
    return log.rejectedMethods();
  }

  @Override
  public String configurationSource() {
    Parts here = parts;
    return here == null ? "none" : here.configuration.source();
  }

  @Override
  public List<Version> configurationHistory() {
    Parts here = parts;
    return here == null ? List.of() : here.configuration.history();
  }

  @Override
  public String reloadConfiguration() {
    Parts here = parts;
    return here == null ? "Larder is switched off." : here.configuration.reload();
  }

  @Override
  public String rollback(int version) {
    Parts here = parts;
    return here == null ? "Larder is switched off." : here.configuration.rollback(version);
  }

  @Override
  public List<MethodState> methods() {
    Parts here = parts;
    return here == null
        ? List.of()
        : new Explanation(
                here.weaving.rules(),
                log.all(),
                here.runtime.reports(),
                new LoadedCandidates(here.instrumentation.getAllLoadedClasses()))
            .methods();
  }
}
