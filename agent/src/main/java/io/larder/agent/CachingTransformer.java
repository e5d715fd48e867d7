package io.larder.agent;

import io.larder.agent.key.KeyClassGenerator;
import io.larder.agent.premain.Agent;
import io.larder.agent.premain.FirstLook;
import io.larder.agent.weaving.ClassWeaver;
import io.larder.runtime.LarderRuntime;
import io.larder.runtime.logging.Log;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weaves classes as the JVM loads them; with the first one that has something to cache the runtime
 * comes to life. Never throws; a class that cannot be woven stays as it is.
 */
final class CachingTransformer implements Agent {

  private static final ClassLoader OWN = CachingTransformer.class.getClassLoader();

  private final AgentSettings settings;
  private final Runnable defineLink;
  private final Retransformation retransformation;
  private final WeavingLog log = new WeavingLog();
  private final ClassWeaver weaver = new ClassWeaver(log);

  /** Guarded by this. */
  private State state = State.WAITING;

  private enum State {
    WAITING,
    STARTED,
    FAILED
  }

  CachingTransformer(
      AgentSettings settings, Runnable defineLink, Retransformation retransformation) {
    this.settings = settings;
    this.defineLink = defineLink;
    this.retransformation = retransformation;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (loader == OWN) {
      return null;
    }
    try {
      return FirstLook.namesCached(classFile) && isStarted()
          ? weaver.weave(loader, classFile)
          : null;
    } catch (Throwable failure) { // the JVM would drop it without a word
      String name = className == null ? "a class" : className.replace('/', '.');
      log.rejected(name, "its class file could not be read: " + failure);
      return null;
    }
  }

  @Override
  public void weaveLoaded(List<Class<?>> classes) {
    retransformation.of(classes);
  }

  private synchronized boolean isStarted() {
    if (state == State.WAITING) {
      state = State.FAILED; // unless all of the following works
      try {
        defineLink.run();
        LarderRuntime.start(new KeyClassGenerator(), log, settings.management());
        state = State.STARTED;
      } catch (Throwable failure) { // the application goes on without us
        Log.line(Log.Level.ERROR, "Larder could not start and caches nothing: " + failure);
      }
    }
    return state == State.STARTED;
  }
}
