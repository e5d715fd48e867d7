package io.larder.agent.premain;

import java.lang.instrument.ClassFileTransformer;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Looks at each class that the JVM loads until one names an annotation of ours, and then makes way
 * for the agent proper. An application without such a class pays for four small ones.
 *
 * <p>It never changes a class, and is registered as one that cannot retransform, because those are
 * asked first: the agent, which can, is registered while the class that it is needed for is being
 * loaded, and is then asked about that class as about all that follow.
 */
public final class FirstLook implements ClassFileTransformer {

  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();
  private static final byte[][] ANNOTATION_TYPES =
      ConstantPool.texts(
          ascii("Lio/larder/Cached;"),
          ascii("Lio/larder/CachePut;"),
          ascii("Lio/larder/CachePut$List;"),
          ascii("Lio/larder/CacheInvalidate;"),
          ascii("Lio/larder/CacheInvalidate$List;"));

  /** The package of the entry classes, with the dot behind it. */
  static final String ENTRY = FirstLook.class.getPackageName() + ".";

  private static final String ANNOTATIONS = "io.larder.";

  private final Runnable start;

  /** Guarded by this. */
  private boolean ending;

  private volatile boolean over;

  /**
   * A look.
   *
   * @param start registers the agent
   */
  FirstLook(Runnable start) {
    this.start = start;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (!over && !isOfTheJdk(loader) && namesCached(classFile)) {
      end();
    }
    return null;
  }

  /** Registers the agent, once; classes of the agent itself come by here meanwhile. */
  synchronized void end() {
    if (!ending) {
      ending = true;
      try {
        start.run();
        over = true;
      } finally {
        ending = over;
      }
    }
  }

  /** Has nothing started any more; one start that is under way has ended when this returns. */
  synchronized void close() {
    ending = true;
    over = true;
  }

  /** Whether a loader's classes are those of the JDK, which are never woven. */
  public static boolean isOfTheJdk(@Nullable ClassLoader loader) {
    return loader == null || loader == PLATFORM;
  }

  /**
   * Whether a class is never woven, whatever is said about it: those of the JDK, and what of Larder
   * other loaders than its own have.
   *
   * @param className with dots
   */
  public static boolean isExempt(@Nullable ClassLoader loader, String className) {
    return isOfTheJdk(loader)
        || className.startsWith(ENTRY)
        || (className.startsWith(ANNOTATIONS) && className.indexOf('.', ANNOTATIONS.length()) < 0);
  }

  /**
   * Whether a class file may have an annotated method: almost none has, and this tells in a
   * microsecond.
   */
  public static boolean namesCached(byte[] classFile) {
    return mayContainAny(classFile, ANNOTATION_TYPES);
  }

  /** Whether a class file may hold the text as a constant. */
  public static boolean mayContain(byte[] classFile, byte[] text) {
    return mayContainAny(classFile, ConstantPool.texts(text));
  }

  private static boolean mayContainAny(byte[] classFile, byte[][] texts) {
    try {
      return ConstantPool.mayContain(classFile, texts);
    } catch (ArrayIndexOutOfBoundsException cutOff) {
      return false; // the JVM will say so
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
