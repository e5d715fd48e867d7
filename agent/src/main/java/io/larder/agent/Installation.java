package io.larder.agent;

import io.larder.agent.premain.Agent;
import io.larder.agent.weaving.WeavingOutcome;
import io.larder.runtime.CallReport;
import io.larder.runtime.config.Configuration;
import io.larder.runtime.logging.Log;
import io.larder.runtime.management.AgentControl;
import java.io.File;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The agent in this JVM: puts its parts in place, as its settings say, and takes them out again.
 */
public final class Installation implements Agent, AgentControl {

  private static final String FILE = "larder.yaml";
  private static final int NAMED_CACHES = 5;
  private static final String OFF = "Larder is switched off in this JVM (enabled=false).";

  private final WeavingLog log = new WeavingLog();

  /** Set by {@link #start}, before anybody asks. */
  private volatile @Nullable Parts parts;

  /** What works together. */
  private record Parts(
      Instrumentation instrumentation,
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
    LiveWeaving weaving = new LiveWeaving(instrumentation, settings, runtime, log);
    LiveConfiguration configuration = new LiveConfiguration(fileOf(settings), weaving);
    parts = new Parts(instrumentation, runtime, weaving, configuration);
    runtime.whileWeaving(
        () -> {
          configuration.reload();
          weaving.weave(loaded);
          return null;
        });
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
  public @Nullable String problem() {
    Parts here = parts;
    return here == null ? OFF : here.configuration.problem();
  }

  @Override
  public String use(String file) {
    Parts here = parts;
    if (here == null) {
      throw new IllegalArgumentException(OFF);
    }
    String answer = here.configuration.use(Path.of(file));
    here.configuration.watch(here.runtime::isStarted);
    return answer;
  }

  @Override
  public String summary() {
    Parts here = parts;
    if (here == null) {
      return OFF;
    }
    Map<String, Long> savedMillis = new TreeMap<>(); // once for a cache, whose methods share it
    for (CallReport report : here.runtime.reports()) {
      savedMillis.merge(report.cacheName(), report.savedMillis(), Math::max);
    }
    int more = savedMillis.size() - NAMED_CACHES;
    long cached =
        log.all().stream()
            .filter(outcome -> outcome.kind() == WeavingOutcome.Kind.CACHED)
            .map(WeavingOutcome::id)
            .distinct()
            .count();
    return "Larder caches "
        + cached
        + (cached == 1 ? " method" : " methods")
        + ", used so far: "
        + (savedMillis.isEmpty()
            ? "none"
            : savedMillis.keySet().stream().limit(NAMED_CACHES).collect(Collectors.joining(", ")))
        + (more > 0 ? " and " + more + " more" : "")
        + "; has refused "
        + log.rejectedMethods().size()
        + "; has saved "
        + savedMillis.values().stream().mapToLong(Long::longValue).sum()
        + " ms; configuration: "
        + here.configuration.source()
        + (here.configuration.problem() == null ? "." : ", which is wrong as it is now.");
  }

  @Override
  public String explanation() {
    Parts here = parts;
    if (here == null) {
      return OFF;
    }
    String problem = here.configuration.problem();
    return summary()
        + (problem == null ? "" : "\n" + problem)
        + "\n\n"
        + Explanation.table(methods());
  }

  @Override
  public void stop() {
    Parts here = parts;
    if (here != null) {
      parts = null;
      here.configuration.stop();
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
  public Set<String> cachedIn(String cacheName) {
    return log.cachedIn(cacheName);
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
    return here == null ? OFF : here.configuration.reload();
  }

  @Override
  public String rollback(int version) {
    Parts here = parts;
    return here == null ? OFF : here.configuration.rollback(version);
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
