package io.larder.runtime.callsite;

import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.logging.Log;
import io.larder.runtime.policy.InvalidationSpec;
import io.larder.runtime.policy.MethodSpec;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Links the entries of woven methods. What it knows of a class hangs off that class and goes with
 * it. Thread-safe.
 */
public final class CallSiteLinker {

  private static final Logger logger = Log.logger(CallSiteLinker.class);

  /** The name of the call sites that look for a hit. */
  public static final String HIT = "hit";

  /** The name of the call sites that take over when there is none. */
  public static final String MISS = "miss";

  /** The name of the call sites of methods that invalidate. */
  public static final String INVALIDATION = "invalidation";

  private final CacheRegistry registry;
  private final KeyClasses keyClasses;
  private final WovenMethods woven;
  private volatile boolean rehearsed;

  private final WeavingGate gate = new WeavingGate();

  private final ClassValue<MethodsOfClass> methods =
      new ClassValue<>() {
        @Override
        protected MethodsOfClass computeValue(Class<?> owner) {
          return new MethodsOfClass(gate);
        }
      };

  /** For classes too old for call sites, which would hold them. */
  private final ClassValue<Map<String, Invalidation>> invalidations =
      new ClassValue<>() {
        @Override
        protected Map<String, Invalidation> computeValue(Class<?> owner) {
          return new ConcurrentHashMap<>();
        }
      };

  /** Methods whose failure to link was reported. */
  private final ClassValue<Set<String>> unlinkable =
      new ClassValue<>() {
        @Override
        protected Set<String> computeValue(Class<?> owner) {
          return ConcurrentHashMap.newKeySet();
        }
      };

  /**
   * A linker.
   *
   * @param registry where caches are found
   * @param keyClasses makes key classes
   * @param woven knows which methods are cached
   */
  public CallSiteLinker(CacheRegistry registry, KeyClasses keyClasses, WovenMethods woven) {
    this.registry = registry;
    this.keyClasses = keyClasses;
    this.woven = woven;
  }

  /**
   * The bootstrap method's work.
   *
   * @param method as {@link MethodSpec#encode} wrote it
   */
  public CallSite link(MethodHandles.Lookup caller, String name, MethodType type, String method) {
    if (name.equals(INVALIDATION)) {
      return newInvalidation(caller, method).callSite(type);
    }
    CachedMethod linked = methodOf(caller, method);
    CallSite site = name.equals(HIT) ? linked.hitSite() : linked.missSite();
    if (!site.type().equals(type)) {
      throw new IllegalArgumentException(
          "the call site of " + linked.signature() + " is " + type + ", not " + site.type());
    }
    return site;
  }

  /** The entry of a class too old for invokedynamic. */
  public @Nullable Object dispatch(
      Class<?> owner, String method, @Nullable Object instance, Object[] arguments)
      throws Throwable {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup().in(owner);
    Object[] all = KeyPlan.withInstance(instance, arguments);
    return InvalidationSpec.isEncoded(method)
        ? invalidationOf(lookup, method).ticket(all)
        : methodOf(lookup, method).dispatch(all);
  }

  /**
   * Stops what methods of a class do that are no longer woven, and has those go on that are woven
   * again.
   *
   * @param woven the specs of those that are, encoded
   */
  public void keepOnly(Class<?> owner, Set<String> woven) {
    methods.get(owner).keepOnly(woven);
  }

  /** As {@link WeavingGate#shut}. */
  public void holdNewMethods() {
    gate.shut();
  }

  /** As {@link WeavingGate#open}. */
  public void releaseNewMethods() {
    gate.open();
  }

  /**
   * An entry threw, because a key argument's {@code equals} or {@code hashCode} did or because of a
   * bug of ours; the call runs uncached.
   *
   * @param method as {@link MethodSpec#encode} wrote it
   */
  public void problem(Class<?> owner, String method, Throwable failure) {
    CachedMethod known = methods.get(owner).get(method);
    if ((known == null || !known.problem(failure)) && unlinkable.get(owner).add(method)) {
      logger.warn(
          "{}#{} {}: its entry could not be linked: {}",
          owner.getName(),
          signatureOf(method),
          InvalidationSpec.isEncoded(method) ? "forgets nothing" : "runs uncached",
          failure.toString());
    }
  }

  private static String signatureOf(String encoded) {
    return InvalidationSpec.isEncoded(encoded)
        ? InvalidationSpec.decode(encoded).signature()
        : MethodSpec.decode(encoded).signature();
  }

  private Invalidation invalidationOf(MethodHandles.Lookup owner, String encoded) {
    Map<String, Invalidation> ofOwner = invalidations.get(owner.lookupClass());
    Invalidation known = ofOwner.get(encoded);
    if (known == null) { // outside of any lock, as below
      known = newInvalidation(owner, encoded);
      ofOwner.put(encoded, known);
    }
    return known;
  }

  /**
   * With the cached methods of the same class that it updates: they must be known before their
   * first call, so that what is put is there for it, and for the right one.
   */
  private Invalidation newInvalidation(MethodHandles.Lookup owner, String encoded) {
    InvalidationSpec spec = InvalidationSpec.decode(encoded);
    for (MethodSpec sibling : spec.siblings()) {
      try {
        methodOf(owner, sibling.encode());
      } catch (IllegalArgumentException | TypeNotPresentException | LinkageError unlinkable) {
        // reported when the method itself is called
      }
    }
    return Invalidation.of(registry, woven, owner, spec);
  }

  private CachedMethod methodOf(MethodHandles.Lookup owner, String encoded) {
    MethodsOfClass ofOwner = methods.get(owner.lookupClass());
    CachedMethod known = ofOwner.get(encoded);
    if (known == null) {
      // Made outside of any lock: this may load the class of the result.
      known = ofOwner.putIfAbsent(encoded, new CachedMethod(owner, MethodSpec.decode(encoded)));
    }
    if (!rehearsed) { // not earlier: Caffeine looks for a logger, which an application may yet set
      // up
      registry.rehearse();
      rehearsed = true;
    }
    known.join(owner.lookupClass().getClassLoader(), registry, keyClasses);
    ofOwner.open(encoded, known);
    return known;
  }
}
