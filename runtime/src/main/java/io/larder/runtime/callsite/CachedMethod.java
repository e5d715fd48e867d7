package io.larder.runtime.callsite;

import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.coordinator.CachedCall;
import io.larder.runtime.coordinator.ResultType;
import io.larder.runtime.policy.InstanceRule;
import io.larder.runtime.policy.MethodSpec;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One woven method: its cache, its keys, and the call sites that lead there.
 *
 * <p>Instances that must not see each other's results are told apart only once there are two. The
 * first instance is remembered weakly, and its keys do not mention it; when a second one comes,
 * what is stored so far is forgotten and from then on each key belongs to an instance.
 *
 * <p>Thread-safe; held by its class alone.
 */
final class CachedMethod implements CachedCall {

  private static final MethodHandle ENTER;
  private static final MethodHandle ENTER_GUARDED;
  private static final MethodHandle IS_SOLE;
  private static final MethodHandle ON_FIRST_INSTANCE;
  private static final MethodHandle ON_SECOND_INSTANCE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      MethodType enter = MethodType.methodType(Object.class, Object.class);
      ENTER = lookup.findVirtual(HitPath.class, "enter", enter);
      ENTER_GUARDED = lookup.findVirtual(HitPath.class, "enterGuarded", enter);
      IS_SOLE =
          lookup.findVirtual(
              WeakReference.class, "refersTo", MethodType.methodType(boolean.class, Object.class));
      ON_FIRST_INSTANCE =
          lookup.findVirtual(
              CachedMethod.class,
              "onFirstInstance",
              MethodType.methodType(MethodHandle.class, Object.class));
      ON_SECOND_INSTANCE =
          lookup.findVirtual(
              CachedMethod.class, "onSecondInstance", MethodType.methodType(MethodHandle.class));
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final String ownerName;
  private final MethodSpec spec;
  private final ResultType result;
  private final MethodType type;

  /** Guarded by this, as all that follows. */
  private final List<WeakReference<MutableCallSite>> sites = new ArrayList<>();

  private @Nullable Cache cache;
  private @Nullable KeyClasses keyClasses;
  private boolean mayBeRaw;
  private @Nullable KeyPlan plan;
  private boolean perInstance;
  private @Nullable WeakReference<Object> soleInstance;
  private @Nullable MethodHandle target;
  private @Nullable MethodHandle dispatcher;

  CachedMethod(Class<?> owner, MethodSpec spec) {
    this.ownerName = owner.getName();
    this.spec = spec;
    this.type = siteType(spec);
    String returned = "()" + spec.descriptor().substring(spec.descriptor().indexOf(')') + 1);
    this.result =
        ResultType.of(
            MethodType.fromMethodDescriptorString(returned, owner.getClassLoader()).returnType());
  }

  /** The type of the method's call sites: the instance, if any, and the arguments, erased. */
  static MethodType siteType(MethodSpec spec) {
    MethodType erased =
        MethodType.fromMethodDescriptorString(
            MethodTypeDesc.ofDescriptor(spec.descriptor()).parameterList().stream()
                .map(CachedMethod::erasedDescriptor)
                .collect(Collectors.joining("", "(", ")Ljava/lang/Object;")),
            null);
    return spec.isStatic() ? erased : erased.insertParameterTypes(0, Object.class);
  }

  /** Finds the cache, the first time. */
  synchronized void join(@Nullable ClassLoader loader, CacheRegistry registry, KeyClasses classes) {
    if (cache == null) {
      Cache joined = registry.getOrCreate(loader, spec.cacheName(), spec.policy());
      cache = joined;
      keyClasses = classes;
      mayBeRaw = joined.add(this);
    }
  }

  /** A call site of the method. */
  synchronized MutableCallSite newCallSite() {
    MutableCallSite site = new HoldingCallSite(type, this);
    site.setTarget(target());
    sites.add(new WeakReference<>(site));
    return site;
  }

  /** The entry of a class too old for call sites: takes the instance, if any, and the arguments. */
  synchronized MethodHandle dispatcher() {
    if (dispatcher == null) {
      dispatcher =
          newCallSite()
              .dynamicInvoker()
              .asType(type.generic())
              .asSpreader(Object[].class, type.parameterCount());
    }
    return dispatcher;
  }

  /** Reports a failure to the cache; {@code false} when there is none yet. */
  boolean problem(Throwable failure) {
    Cache joined;
    synchronized (this) {
      joined = cache;
    }
    if (joined == null) {
      return false;
    }
    joined.problem(failure);
    return true;
  }

  @Override
  public String signature() {
    String parameters =
        MethodTypeDesc.ofDescriptor(spec.descriptor()).parameterList().stream()
            .map(ClassDesc::displayName)
            .collect(Collectors.joining(", "));
    return ownerName + "." + spec.name() + "(" + parameters + ")";
  }

  @Override
  public synchronized void relink() {
    target = null;
    MethodHandle linked = target();
    List<MutableCallSite> alive = new ArrayList<>();
    for (WeakReference<MutableCallSite> reference : sites) {
      MutableCallSite site = reference.get();
      if (site != null) {
        site.setTarget(linked);
        alive.add(site);
      }
    }
    sites.removeIf(reference -> reference.get() == null);
    MutableCallSite.syncAll(alive.toArray(new MutableCallSite[0]));
  }

  @Override
  public @Nullable Object keyOf(Object... arguments) {
    KeyPlan keys;
    boolean ofInstance;
    synchronized (this) {
      keys = plan;
      ofInstance = perInstance;
    }
    return keys == null ? null : keys.keyOf(ofInstance ? this : null, arguments);
  }

  private MethodHandle target() {
    MethodHandle linked = target;
    if (linked == null) {
      linked = cache().isEnabled() ? enabledTarget() : MethodHandles.empty(type);
      target = linked;
    }
    return linked;
  }

  private MethodHandle enabledTarget() {
    if (spec.isStatic() || spec.instances() != InstanceRule.SEPARATE || perInstance) {
      return lookup();
    }
    WeakReference<Object> sole = soleInstance;
    if (sole == null) {
      return MethodHandles.foldArguments(
          MethodHandles.exactInvoker(type), ON_FIRST_INSTANCE.bindTo(this));
    }
    MethodHandle isSole =
        IS_SOLE.bindTo(sole).asType(MethodType.methodType(boolean.class, Object.class));
    MethodHandle otherwise =
        MethodHandles.foldArguments(
            MethodHandles.exactInvoker(type), ON_SECOND_INSTANCE.bindTo(this));
    return MethodHandles.guardWithTest(isSole, lookup(), otherwise);
  }

  /** Makes the key and looks it up. */
  private MethodHandle lookup() {
    KeyPlan keys = plan();
    HitPath path = new HitPath(cache().memory(), cache().counters().hits, result, cache());
    MethodHandle enter = (keys.trusted() ? ENTER : ENTER_GUARDED).bindTo(path);
    MethodHandle whole = MethodHandles.filterReturnValue(keys.maker(), enter);
    return MethodHandles.permuteArguments(
        whole, type, keys.inputs().stream().mapToInt(Integer::intValue).toArray());
  }

  private KeyPlan plan() {
    KeyPlan keys = plan;
    if (keys == null) {
      KeyClasses classes = keyClasses;
      if (classes == null) {
        throw new IllegalStateException("not joined: " + signature());
      }
      keys = KeyPlan.of(spec, perInstance, mayBeRaw, classes);
      plan = keys;
    }
    return keys;
  }

  private Cache cache() {
    Cache joined = cache;
    if (joined == null) {
      throw new IllegalStateException("not joined: " + signature());
    }
    return joined;
  }

  @SuppressWarnings("unused") // through ON_FIRST_INSTANCE
  private synchronized MethodHandle onFirstInstance(Object instance) {
    if (soleInstance == null) {
      soleInstance = new WeakReference<>(instance);
      relink();
    }
    return target();
  }

  @SuppressWarnings("unused") // through ON_SECOND_INSTANCE
  private MethodHandle onSecondInstance() {
    KeyPlan before;
    synchronized (this) {
      if (perInstance) {
        return target();
      }
      before = plan();
      perInstance = true;
      plan = null;
      relink();
    }
    cache().invalidateKeys(before.isMine());
    synchronized (this) {
      return target();
    }
  }

  private static String erasedDescriptor(ClassDesc type) {
    return type.isPrimitive() ? type.descriptorString() : "Ljava/lang/Object;";
  }

  /** Holds its method, also while it is linked to "not cached". */
  private static final class HoldingCallSite extends MutableCallSite {

    @SuppressWarnings({"unused", "FieldCanBeLocal"})
    private final CachedMethod method;

    private HoldingCallSite(MethodType type, CachedMethod method) {
      super(type);
      this.method = method;
    }
  }
}
