package io.larder.agent.premain;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agent proper, which lives in {@link IsolatedLoader}, as its entry knows it. Thread-safe. */
public interface Agent extends ClassFileTransformer {

  /** Weaves what was loaded before there was a transformer. */
  void weaveLoaded(List<Class<?>> classes);

  @Override
  byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile);
}
