package io.larder.agent;

import io.larder.agent.premain.FirstLook;
import io.larder.agent.rules.Rules;
import io.larder.runtime.config.Configuration;
import io.larder.runtime.logging.Log;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Has a configuration hold in a running JVM: policies change in place, methods that are new in it
 * are woven into loaded classes, and those that are gone run their own bytecode again.
 */
final class LiveWeaving implements LiveConfiguration.Applier {

  private static final ClassLoader OWN = LiveWeaving.class.getClassLoader();

  private final Instrumentation instrumentation;
  private final AgentSettings settings;
  private final CachingTransformer transformer;
  private final LazyRuntime runtime;
  private final WeavingLog log;
  private final Retransformation retransformation;

  /** Guarded by this, as what follows. */
  private Rules rules = Rules.NONE;

  private boolean registered;

  LiveWeaving(
      Instrumentation instrumentation,
      AgentSettings settings,
      LazyRuntime runtime,
      WeavingLog log) {
    this.instrumentation = instrumentation;
    this.settings = settings;
    this.transformer = new CachingTransformer(runtime, log);
    this.runtime = runtime;
    this.log = log;
    this.retransformation = new Retransformation(instrumentation::retransformClasses);
    configure(Configuration.EMPTY, ""); // what properties and the environment say holds anyway
  }

  private void configure(Configuration said, String fileName) {
    runtime.configure(
        new ConfiguredPolicies(
            said, fileName, System::getProperty, System.getenv(), new WarnOnce()::add),
        settings.management(said.switches()));
  }

  /** The rules that hold. */
  synchronized Rules rules() {
    return rules;
  }

  @Override
  public String apply(Configuration before, Configuration after, String fileName) {
    return runtime.whileWeaving(() -> applyNow(before, after, fileName));
  }

  private synchronized String applyNow(Configuration before, Configuration after, String fileName) {
    Rules previous = rules;
    Rules next = Rules.of(after, fileName);
    rules = next;
    transformer.setRules(next);
    configure(after, fileName);
    Log.setLevel(settings.log(after.switches()));
    runtime.setEnabled(settings.enabled(after.switches()));
    register();
    int changed = weaveAnew(type -> !previous.saidAbout(type).equals(next.saidAbout(type)));
    String changes = ConfigurationChanges.between(before, after);
    String woven =
        changed == 0 ? "" : changed == 1 ? "1 class woven anew" : changed + " classes woven anew";
    return changes.isEmpty() && woven.isEmpty()
        ? "nothing that is loaded is concerned"
        : changes.isEmpty() || woven.isEmpty() ? changes + woven : changes + "; " + woven;
  }

  @Override
  public void event(boolean applied, String message) {
    runtime.event(
        applied ? "larder.config.reloaded" : "larder.config.failed",
        (applied ? "INFO " : "WARN ") + message);
  }

  /**
   * Weaves from now on. Not before the first configuration holds: what it says of management must
   * be known when the first class that is woven has the runtime start.
   *
   * @param loaded classes that no transformer will be asked about
   */
  synchronized void weave(List<Class<?>> loaded) {
    register();
    transformAnew(loaded);
  }

  /** Takes out all that is woven, and weaves nothing any more. */
  synchronized void unweave() {
    instrumentation.removeTransformer(transformer);
    runtime.setEnabled(false); // first: the JVM takes the methods that invalidate out before others
    weaveAnew(log::isWoven);
  }

  private void register() {
    if (!registered) {
      registered = true;
      instrumentation.addTransformer(transformer, /* canRetransform= */ true);
    }
  }

  /** Twice, as a class may have been asked about before, and be loaded after the first look. */
  private int weaveAnew(Predicate<Class<?>> concerned) {
    Set<Class<?>> done = new HashSet<>();
    int changed = 0;
    for (int look = 0; look < 2; look++) {
      List<Class<?>> classes = new ArrayList<>();
      for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
        ClassLoader loader = loaded.getClassLoader();
        if (!FirstLook.isExempt(loader, loaded.getName())
            && loader != OWN
            && !loaded.isArray()
            && concerned.test(loaded)
            && instrumentation.isModifiableClass(loaded)
            && done.add(loaded)) {
          classes.add(loaded);
        }
      }
      changed += transformAnew(classes);
    }
    return changed;
  }

  /** Answers in how many of them something was or is woven: a pattern may concern any class. */
  private int transformAnew(List<Class<?>> classes) {
    Set<Class<?>> woven = new HashSet<>();
    for (Class<?> type : classes) {
      if (log.isWoven(type)) {
        woven.add(type);
      }
    }
    try {
      retransformation.of(classes);
    } finally { // also of those that the JVM took before it failed
      for (Class<?> type : classes) {
        Set<String> specs = transformer.takeSpecsOf(type);
        if (!specs.isEmpty()) {
          woven.add(type);
        }
        if (woven.contains(type)) {
          runtime.keepOnly(type, specs);
        }
      }
    }
    return woven.size();
  }

  /** Writes each problem once for each configuration. */
  private static final class WarnOnce {

    /** Guarded by this. */
    private final List<String> written = new ArrayList<>();

    synchronized void add(String problem) {
      if (!written.contains(problem)) {
        written.add(problem);
        Log.line(Log.Level.WARN, problem);
      }
    }
  }
}
