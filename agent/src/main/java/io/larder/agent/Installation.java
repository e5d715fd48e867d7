package io.larder.agent;

import io.larder.agent.weaving.ClassWeaver;
import io.larder.runtime.logging.Log;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Puts the transformer in place. Runs before the application's main method and does little. */
public final class Installation implements BiConsumer<@Nullable String, Instrumentation> {

  private static final int BATCH = 100;

  /**
   * What the system loader has of the agent: to look into it would cost a start ten milliseconds.
   */
  private static final String ENTRY_PACKAGE = "io.larder.agent.premain.";

  /**
   * Installs the agent.
   *
   * @param arguments what stands after the {@code =} of {@code -javaagent}
   */
  @Override
  public void accept(@Nullable String arguments, Instrumentation instrumentation) {
    AgentSettings settings = AgentSettings.read(arguments, System.getProperties(), System.getenv());
    Log.setLevel(settings.log());
    for (String problem : settings.problems()) {
      Log.line(Log.Level.WARN, problem);
    }
    if (!settings.enabled()) {
      return;
    }
    // Resolved here and not while a class is being transformed, where a circular resolution would
    // stay failed for ever (JVMS 5.4.3); seen by several agents with exactly this class.
    ThreadLocalRandom.current();
    CachingTransformer transformer =
        new CachingTransformer(settings, new LinkDefinition(instrumentation));
    instrumentation.addTransformer(transformer, /* canRetransform= */ true);
    weaveLoadedClasses(instrumentation);
  }

  /**
   * Weaves what was loaded before us: by another agent, or from an AOT cache, which hands out
   * classes that no transformer has seen.
   */
  private static void weaveLoadedClasses(Instrumentation instrumentation) {
    List<Class<?>> concerned = new ArrayList<>();
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      if (!CachingTransformer.isBeyondUs(loaded.getClassLoader())
          && !loaded.getName().startsWith(ENTRY_PACKAGE)
          && !loaded.isArray()
          && instrumentation.isModifiableClass(loaded)
          && isConcerned(loaded)) {
        concerned.add(loaded);
      }
    }
    for (int from = 0; from < concerned.size(); from += BATCH) {
      retransform(
          instrumentation, concerned.subList(from, Math.min(from + BATCH, concerned.size())));
    }
  }

  /** Judged by the class file, as reflection would load what the class refers to. */
  private static boolean isConcerned(Class<?> loaded) {
    ClassLoader loader = loaded.getClassLoader();
    String resource = loaded.getName().replace('.', '/') + ".class";
    try (InputStream in = loader.getResourceAsStream(resource)) {
      return in != null && ClassWeaver.concerns(in.readAllBytes());
    } catch (IOException | RuntimeException | LinkageError unreadable) {
      return false;
    }
  }

  private static void retransform(Instrumentation instrumentation, List<Class<?>> classes) {
    try {
      instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
    } catch (UnmodifiableClassException | LinkageError | RuntimeException failure) {
      if (classes.size() == 1) {
        Log.line(
            Log.Level.WARN,
            classes.get(0).getName()
                + " stays uncached: it was loaded before Larder and "
                + failure);
        return;
      }
      for (Class<?> one : classes) { // so that one does not keep the others from being cached
        retransform(instrumentation, List.of(one));
      }
    }
  }
}
