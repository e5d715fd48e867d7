package io.larder.agent.premain;

import java.lang.instrument.ClassFileTransformer;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM calls for each class it loads. Nearly all calls end here, after a look at the loader
 * and at the constants of the class file. The first class that names {@code @Cached} starts the
 * agent proper, which is handed everything from then on. An application without one pays for four
 * small classes.
 */
public final class FirstLook implements ClassFileTransformer {

  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();
  private static final byte[] CACHED = "Lio/larder/Cached;".getBytes(StandardCharsets.US_ASCII);

  private final Supplier<@Nullable Agent> agent;

  /** Guarded by this. */
  private boolean asked;

  /** Written under this. */
  private volatile @Nullable Agent started;

  /**
   * A look.
   *
   * @param agent starts the agent; answers {@code null} when it is off or could not
   */
  FirstLook(Supplier<@Nullable Agent> agent) {
    this.agent = agent;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (className == null || isOfTheJdk(loader)) {
      return null;
    }
    Agent handedTo = started;
    if (handedTo == null && namesCached(classFile)) {
      handedTo = start();
    }
    return handedTo == null
        ? null
        : handedTo.transform(loader, className, redefined, domain, classFile);
  }

  /** Starts the agent, unless that was tried before. */
  synchronized @Nullable Agent start() {
    if (!asked) {
      asked = true;
      started = agent.get();
    }
    return started;
  }

  /** Whether a loader's classes are those of the JDK, which are never woven. */
  static boolean isOfTheJdk(@Nullable ClassLoader loader) {
    return loader == null || loader == PLATFORM;
  }

  /**
   * Whether a class file may have an annotated method: almost none has, and this tells in a
   * microsecond.
   */
  public static boolean namesCached(byte[] classFile) {
    try {
      return ConstantPool.mayContain(classFile, CACHED);
    } catch (ArrayIndexOutOfBoundsException cutOff) {
      return false; // the JVM will say so
    }
  }
}
