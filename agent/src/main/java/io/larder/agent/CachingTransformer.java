package io.larder.agent;

import io.larder.agent.key.KeyClassGenerator;
import io.larder.agent.weaving.ClassWeaver;
import io.larder.runtime.LarderRuntime;
import io.larder.runtime.logging.Log;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM calls for each class it loads. Nearly all calls end after a look at the name, the
 * loader and the constants; with the first class that has a cached method the rest of Larder comes
 * to life. Never throws; a class that cannot be woven stays as it is.
 */
final class CachingTransformer implements ClassFileTransformer {

  private static final ClassLoader OWN = CachingTransformer.class.getClassLoader();
  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  private final AgentSettings settings;
  private final Runnable defineLink;
  private final WeavingLog log = new WeavingLog();
  private final ClassWeaver weaver = new ClassWeaver(log);

  /** Guarded by this. */
  private State state = State.WAITING;

  private enum State {
    WAITING,
    STARTED,
    FAILED
  }

  CachingTransformer(AgentSettings settings, Runnable defineLink) {
    this.settings = settings;
    this.defineLink = defineLink;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (className == null || isBeyondUs(loader)) {
      return null;
    }
    try {
      return ClassWeaver.concerns(classFile) && isStarted()
          ? weaver.weave(loader, classFile)
          : null;
    } catch (Throwable failure) { // the JVM would drop it without a word
      log.rejected(className.replace('/', '.'), "its class file could not be read: " + failure);
      return null;
    }
  }

  /** Whether a loader's classes are never woven: those of the JDK, and our own. */
  static boolean isBeyondUs(@Nullable ClassLoader loader) {
    return loader == null || loader == OWN || loader == PLATFORM;
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
