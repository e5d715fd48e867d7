package io.larder.agent;

import io.larder.agent.premain.Agent;
import io.larder.runtime.logging.Log;
import java.lang.instrument.Instrumentation;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Makes the agent from its settings, with the first class that may have something to cache. */
public final class Installation
    implements BiFunction<@Nullable String, Instrumentation, @Nullable Agent> {

  /**
   * The agent.
   *
   * @param arguments what stands after the {@code =} of {@code -javaagent}
   * @return {@code null} when it is switched off
   */
  @Override
  public @Nullable Agent apply(@Nullable String arguments, Instrumentation instrumentation) {
    AgentSettings settings = AgentSettings.read(arguments, System.getProperties(), System.getenv());
    Log.setLevel(settings.log());
    for (String problem : settings.problems()) {
      Log.line(Log.Level.WARN, problem);
    }
    return settings.enabled()
        ? new CachingTransformer(
            settings,
            new LinkDefinition(instrumentation),
            new Retransformation(instrumentation::retransformClasses))
        : null;
  }
}
