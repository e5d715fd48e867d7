package io.larder.agent.premain;

import java.lang.instrument.Instrumentation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agent proper, which lives in {@link IsolatedLoader}, as its entry knows it. One thread at a
 * time.
 */
public interface Agent {

  /**
   * Starts, unless the settings say no: registers what weaves, and weaves what is loaded already.
   *
   * @param arguments what stands after the {@code =} of {@code -javaagent}
   * @param loaded classes that name {@code @Cached} and that no transformer will be asked about
   */
  void start(@Nullable String arguments, Instrumentation instrumentation, List<Class<?>> loaded);

  /** Why what was asked for does not hold, in words; {@code null} when it does. */
  @Nullable String problem();

  /**
   * Takes another configuration file from now on.
   *
   * @return what came of it, in words
   * @throws IllegalArgumentException if it cannot be applied: all is as before, and the message
   *     says why
   */
  String use(String file);

  /** What Larder does in this JVM, in one line. */
  String summary();

  /** What becomes of each method that is annotated or named, and why. */
  String explanation();

  /**
   * Takes everything back: all classes run their own bytecode again, and nothing is left running.
   */
  void stop();
}
