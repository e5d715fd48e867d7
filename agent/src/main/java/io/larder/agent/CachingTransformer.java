package io.larder.agent;

import io.larder.agent.premain.FirstLook;
import io.larder.agent.rules.ClassRules;
import io.larder.agent.rules.Rules;
import io.larder.agent.weaving.ClassWeaver;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Weaves classes as the JVM loads them, or transforms them anew; with the first one that has
 * something to cache the runtime comes to life. Never throws; a class that cannot be woven stays as
 * it is.
 */
final class CachingTransformer implements ClassFileTransformer {

  private static final ClassLoader OWN = CachingTransformer.class.getClassLoader();

  private final LazyRuntime runtime;
  private final WeavingLog log;

  /** What was woven into classes when they were last transformed anew. */
  private final Map<Class<?>, Set<String>> transformedAnew =
      Collections.synchronizedMap(new WeakHashMap<>());

  private volatile Rules rules = Rules.NONE;

  CachingTransformer(LazyRuntime runtime, WeavingLog log) {
    this.runtime = runtime;
    this.log = log;
  }

  /** Says what is woven besides annotated methods, in classes that are transformed from now on. */
  void setRules(Rules value) {
    rules = value;
  }

  /** What a class that was transformed anew has in it now; forgets it. */
  Set<String> takeSpecsOf(Class<?> type) {
    Set<String> specs = transformedAnew.remove(type);
    return specs == null ? Set.of() : specs;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String internalName,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (internalName == null || FirstLook.isOfTheJdk(loader) || loader == OWN) {
      return null; // most of an application's start
    }
    String className = internalName.replace('/', '.');
    if (FirstLook.isExempt(loader, className)) {
      return null;
    }
    try {
      Rules current = rules;
      ClassRules said = current.isEmpty() ? null : current.of(loader, className, classFile);
      if (said == null && FirstLook.namesCached(classFile)) {
        said = current.exclusionsOf(loader, className, classFile);
      }
      ClassWeaver.Result result =
          said != null && runtime.isStarted()
              ? ClassWeaver.weave(loader, classFile, said)
              : NOTHING;
      if (redefined != null || said != null) {
        log.replace(loader, className, result.outcomes());
      }
      if (redefined != null) {
        transformedAnew.put(redefined, result.specs());
      }
      return result.classFile();
    } catch (Throwable failure) { // the JVM would drop it without a word
      log.unreadable(className, failure);
      return null;
    }
  }

  private static final ClassWeaver.Result NOTHING =
      new ClassWeaver.Result(null, List.of(), Set.of());
}
