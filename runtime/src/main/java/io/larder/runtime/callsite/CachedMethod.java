package io.larder.runtime.callsite;

import io.larder.bootstrap.LarderHit;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.coordinator.CachedCall;
import io.larder.runtime.coordinator.PutPlace;
import io.larder.runtime.coordinator.ResultType;
import io.larder.runtime.coordinator.TagSource;
import io.larder.runtime.memory.MemoryTier;
import io.larder.runtime.policy.InstanceRule;
import io.larder.runtime.policy.KeyPart;
import io.larder.runtime.policy.MethodSpec;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One woven method: its cache, its keys, and the call sites that lead there.
 *
 * <p>A woven method has two call sites. The first looks for a hit, in the front alone where there
 * is one; the JIT compiles it into the caller. The second takes over when it finds none. It is
 * called through a handle that is no constant, so that the JIT does not also inline all that
 * happens on a miss: that would leave no room for the hit (InlineSmallCode), and was measured to
 * cost it a third.
 *
 * <p>Instances that must not see each other's results are told apart only once there are two. The
 * first instance is remembered weakly, and its keys do not mention it; when a second one comes,
 * what is stored so far is forgotten and from then on each key belongs to an instance.
 *
 * <p>Thread-safe; held by its class alone.
 */
final class CachedMethod implements CachedCall {

  private static final MethodHandle IS_SOLE =
      handle(WeakReference.class, "refersTo", boolean.class, Object.class);
  private static final MethodHandle ON_FIRST_INSTANCE =
      handle(CachedMethod.class, "onFirstInstance", MethodHandle.class, Object.class);
  private static final MethodHandle ON_SECOND_INSTANCE =
      handle(CachedMethod.class, "onSecondInstance", MethodHandle.class);
  private static final MethodHandle CURRENT_MISS_ENTRY =
      handle(CachedMethod.class, "currentMissEntry", MethodHandle.class);

  private final Class<?> owner;
  private final MethodHandles.Lookup lookup;
  private final MethodSpec spec;
  private final ResultType result;
  private final Tagging tagging;
  private final MethodType type;

  /** Made when results are shared: what it knows is not loaded where they are not. */
  private volatile @Nullable SharedMethod shared;

  /** What it takes to share a result now; {@code null} for to be found out. Written under this. */
  private volatile @Nullable Sharing sharing;

  /** For each part of the key, how to get it from its argument; {@code null} for the argument. */
  private final List<@Nullable MethodHandle> properties = new ArrayList<>();

  /** Guarded by this, as all that follows. */
  private final List<WeakReference<MutableCallSite>> sites = new ArrayList<>();

  private @Nullable Cache cache;
  private @Nullable KeyClasses keyClasses;
  private boolean mayBeRaw;
  private @Nullable KeyPlan plan;
  private boolean perInstance;

  /** How often it was closed. */
  private int closings;

  /** Whether it is cached, as far as its class goes. Written under this. */
  private volatile boolean open;

  private @Nullable WeakReference<Object> soleInstance;
  private @Nullable HitPath path;
  private @Nullable FrontPath frontPath;

  /** Made on demand, for classes without call sites. Written under this. */
  private volatile @Nullable Dispatcher dispatcher;

  /** Where the second call site goes. Written under this, read by every miss. */
  private volatile @Nullable MethodHandle missEntry;

  /**
   * A method that has no cache yet.
   *
   * @param owner its class, or a lookup that sees what the class sees
   * @throws IllegalArgumentException if the key asks for a property that is not there
   */
  CachedMethod(MethodHandles.Lookup owner, MethodSpec spec) {
    ClassLoader loader = owner.lookupClass().getClassLoader();
    this.owner = owner.lookupClass();
    this.spec = spec;
    this.tagging = Tagging.of(owner, signature(), spec.tags());
    this.type = siteType(spec);
    String returned = "()" + spec.descriptor().substring(spec.descriptor().indexOf(')') + 1);
    this.result =
        ResultType.of(
            MethodType.fromMethodDescriptorString(returned, loader).returnType(),
            ResultFilter.of(owner, this.owner.getName() + "." + spec.name(), spec.unless()));
    for (KeyPart part : spec.key()) {
      properties.add(
          part.properties().isEmpty()
              ? null
              : PropertyPath.resolve(
                  owner,
                  MethodType.fromMethodDescriptorString(spec.descriptor(), loader)
                      .parameterType(part.parameter()),
                  part.properties()));
    }
    this.lookup = owner;
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
  void join(@Nullable ClassLoader loader, CacheRegistry registry, KeyClasses classes) {
    synchronized (this) {
      if (cache != null) {
        return;
      }
    }
    Cache found = registry.getOrCreate(loader, spec.cacheName(), spec.declared());
    synchronized (this) {
      if (cache == null) {
        cache = found;
        keyClasses = classes;
        mayBeRaw = found.claimRawKeys();
      }
    }
  }

  /**
   * Caches from now on. What an earlier time left is forgotten first, in slower tiers too: nobody
   * saw meanwhile what was changed, and whoever was still inside of the woven body may have stored.
   *
   * @param may whether it may, now; asked again at the last moment
   */
  void openIf(BooleanSupplier may) {
    boolean done = false;
    while (!done) {
      KeyPlan keys;
      Cache joined;
      int seen;
      synchronized (this) {
        joined = cache;
        if (open || joined == null || !may.getAsBoolean()) {
          return;
        }
        joined.add(this); // first: what is invalidated meanwhile finds its loads
        keys = closings > 0 ? plan : null;
        seen = closings;
      }
      if (keys != null) { // without the lock, as when it closes
        joined.forgetUnseen(keys.isMine());
      }
      done = openUnlessClosedSince(seen, may);
    }
  }

  /** Answers whether there is nothing more to do: else what was stored meanwhile is to go, too. */
  private synchronized boolean openUnlessClosedSince(int seen, BooleanSupplier may) {
    if (open) {
      return true;
    }
    Cache joined = cache();
    if (!may.getAsBoolean()) {
      joined.remove(this);
      return true;
    }
    if (closings != seen) {
      return false;
    }
    open = true;
    try {
      if (!sites.isEmpty() || dispatcher != null) {
        relink();
      }
    } catch (Throwable failure) { // at the end of the stack: whoever is next tries again
      open = false;
      joined.remove(this);
      throw failure;
    }
    return true;
  }

  /** Whether it has found its cache. */
  synchronized boolean isJoined() {
    return cache != null;
  }

  /** Whether it is cached, as far as its class goes. */
  boolean isOpen() {
    return open;
  }

  /**
   * Stops caching, because the method is unwoven: who is still inside its woven body must not store
   * what nobody would see being outdated.
   */
  void close() {
    KeyPlan keys;
    Cache joined;
    synchronized (this) {
      keys = plan;
      joined = cache;
      open = false;
      closings++;
      if (joined != null) {
        joined.remove(this);
        relink();
      }
    }
    if (joined != null && keys != null) {
      joined.invalidateKeys(keys.isMine());
    }
  }

  /** A call site that answers with a {@link LarderHit}, or {@code null} when there is none. */
  synchronized CallSite hitSite() {
    MutableCallSite site = new HoldingCallSite(type.changeReturnType(LarderHit.class), this);
    site.setTarget(hitEntry());
    sites.add(new WeakReference<>(site));
    return site;
  }

  /** A call site for when the first found nothing; answers as {@link Cache#miss}. */
  synchronized CallSite missSite() {
    if (missEntry == null) {
      missEntry = newMissEntry();
    }
    MutableCallSite site = new HoldingCallSite(type, this);
    site.setTarget(missTarget());
    sites.add(new WeakReference<>(site));
    return site;
  }

  /**
   * Goes through {@link #missEntry}, which is no constant to the JIT, so that it does not inline
   * the miss into every caller of a hit. While the cache is off there is no hit to protect, and the
   * constant answer costs nothing.
   */
  private MethodHandle missTarget() {
    return isServing()
        ? MethodHandles.foldArguments(
            MethodHandles.exactInvoker(type), CURRENT_MISS_ENTRY.bindTo(this))
        : MethodHandles.empty(type);
  }

  /**
   * The entry of a class too old for call sites.
   *
   * @param arguments with the instance in front, if there is one
   */
  @Nullable Object dispatch(Object[] arguments) throws Throwable {
    Dispatcher current = dispatcher;
    if (current == null) {
      synchronized (this) {
        current = new Dispatcher(spreader(hitEntry()), spreader(newMissEntry()));
        dispatcher = current;
      }
    }
    Object found = (Object) current.hit.invokeExact(arguments);
    return found == null ? (Object) current.miss.invokeExact(arguments) : found;
  }

  private static MethodHandle spreader(MethodHandle entry) {
    return entry
        .asType(entry.type().generic())
        .asSpreader(Object[].class, entry.type().parameterCount());
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
    return owner.getName() + "#" + spec.signature();
  }

  @Override
  public String id() {
    return owner.getName() + "." + spec.id();
  }

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public boolean hasTags() {
    return !tagging.isEmpty();
  }

  @Override
  public synchronized void relink() {
    FrontPath unused = hasFront() ? null : frontPath;
    MethodHandle newMissEntry = newMissEntry();
    dispatcher = null;
    MethodHandle hitEntry = hitEntry();
    MethodHandle missTarget = missTarget();
    List<MutableCallSite> alive = new ArrayList<>();
    for (WeakReference<MutableCallSite> reference : sites) {
      MutableCallSite site = reference.get();
      if (site != null) {
        site.setTarget(site.type().equals(type) ? missTarget : hitEntry);
        alive.add(site);
      }
    }
    missEntry = newMissEntry; // last: before it, a hit that is found there is no miss
    sites.removeIf(reference -> reference.get() == null);
    MutableCallSite.syncAll(alive.toArray(new MutableCallSite[0]));
    if (unused != null) { // who still reads it called before
      frontPath = null;
      unused.behind().memory().drop(unused.front());
    }
  }

  @Override
  public @Nullable Object keyOf(@Nullable Object... arguments) {
    KeyPlan keys;
    boolean ofInstance;
    synchronized (this) {
      keys = plan;
      ofInstance = perInstance;
    }
    return keys == null ? null : keys.keyOf(ofInstance ? this : null, arguments);
  }

  @Override
  public boolean couldHold(@Nullable Object... arguments) {
    KeyPlan keys;
    boolean ofInstance;
    synchronized (this) {
      keys = plan;
      ofInstance = perInstance;
    }
    return keys != null
        && keys.types().accept(KeyPlan.withInstance(ofInstance ? this : null, arguments));
  }

  @Override
  public @Nullable TierKey tierKey(Object key) {
    Sharing now = sharing;
    if (now == null) {
      synchronized (this) {
        now = new Sharing(perInstance ? null : plan(), soleInstance);
        sharing = now;
      }
    }
    KeyPlan keys = now.keys;
    Object receiver = now.sole == null ? null : now.sole.get();
    SharedMethod method = shared;
    if (method == null) {
      if (cache().slowTiers() == null) {
        return null;
      }
      method = new SharedMethod(lookup, spec, properties); // twice does no harm
      shared = method;
    }
    return method.keyOf(
        cache(),
        receiver == null ? "" : receiver.getClass().getName(),
        keys == null ? null : keys.argumentsOf(key));
  }

  @Override
  public @Nullable String whyLocal() {
    SharedMethod method = shared;
    return method == null ? null : method.whyLocal();
  }

  @Override
  public @Nullable PutPlace placeOf(@Nullable Object receiver, @Nullable Object... arguments) {
    boolean ofInstance;
    KeyPlan keys;
    synchronized (this) {
      if (!isServing()) {
        return null;
      }
      ofInstance = !spec.isStatic() && spec.instances() == InstanceRule.SEPARATE;
      keys = plan();
    }
    boolean byEquality = !spec.isStatic() && spec.instances() == InstanceRule.EQUAL;
    if (receiver == null || !owner.isInstance(receiver)) {
      if (ofInstance || byEquality) {
        return null;
      }
    } else if (ofInstance) {
      meet(receiver);
      synchronized (this) {
        ofInstance = perInstance;
        keys = plan();
      }
    }
    @Nullable Object instance = ofInstance || byEquality ? receiver : null;
    TagSource tags = tagging.isEmpty() ? null : tagging.ofKey(spec.key(), arguments);
    if (!keys.types().accept(KeyPlan.withInstance(instance, arguments))
        || (tags == null && !tagging.isEmpty())) {
      return null;
    }
    Object key = keys.keyOf(instance, arguments);
    return key == null ? null : new PutPlace(this, key, result, tags);
  }

  /** Takes note of an instance as a call on it does. */
  private void meet(Object instance) {
    boolean isSecond;
    synchronized (this) {
      if (perInstance) {
        return;
      }
      WeakReference<Object> sole = soleInstance;
      if (sole == null) {
        onFirstInstance(instance);
        return;
      }
      isSecond = !sole.refersTo(instance);
    }
    if (isSecond) {
      onSecondInstance();
    }
  }

  @Override
  public @Nullable Class<?> identityArgument() {
    KeyPlan keys;
    synchronized (this) {
      keys = plan;
    }
    return keys == null || keys.trusted()
        ? null
        : IdentityArgument.of(cache().memory().keys(), keys.isMine());
  }

  private MethodHandle hitEntry() {
    MethodType hitType = type.changeReturnType(LarderHit.class);
    MethodHandle none = MethodHandles.empty(hitType);
    if (!isServing()) {
      return none;
    }
    MethodHandle hit = handles().hit();
    if (!dependsOnSoleInstance()) {
      return hit;
    }
    WeakReference<Object> sole = soleInstance;
    return sole == null ? none : MethodHandles.guardWithTest(isSole(sole), hit, none);
  }

  private MethodHandle newMissEntry() {
    if (!isServing()) {
      return MethodHandles.empty(type);
    }
    MethodHandle miss = handles().miss();
    if (!dependsOnSoleInstance()) {
      return miss;
    }
    WeakReference<Object> sole = soleInstance;
    MethodHandle again = MethodHandles.exactInvoker(type);
    return sole == null
        ? MethodHandles.foldArguments(again, ON_FIRST_INSTANCE.bindTo(this))
        : MethodHandles.guardWithTest(
            isSole(sole),
            miss,
            MethodHandles.foldArguments(again, ON_SECOND_INSTANCE.bindTo(this)));
  }

  private EntryHandles handles() {
    return new EntryHandles(
        spec, type, plan(), path(), hasFront() ? frontPath() : null, refreshPath());
  }

  /** Whether there is a front: it serves, its keys run no foreign code and hold no instance. */
  private boolean hasFront() {
    return isServing() && cache().memory().isSmall() && plan().trusted() && !perInstance;
  }

  private boolean isServing() {
    return open && cache().isServing();
  }

  private boolean dependsOnSoleInstance() {
    return !spec.isStatic() && spec.instances() == InstanceRule.SEPARATE && !perInstance;
  }

  private static MethodHandle isSole(WeakReference<Object> sole) {
    return IS_SOLE.bindTo(sole).asType(MethodType.methodType(boolean.class, Object.class));
  }

  /** Made anew only for another tier: tiers keep their fronts. */
  @SuppressWarnings("ReferenceEquality") // this very tier
  private HitPath path() {
    HitPath current = path;
    MemoryTier memory = cache().memory();
    if (current == null || current.memory() != memory) {
      current = new HitPath(memory, cache().counters().calls, result, cache(), this, tagging);
      path = current;
      frontPath = null;
    }
    return current;
  }

  private FrontPath frontPath() {
    HitPath behind = path();
    FrontPath current = frontPath;
    if (current == null) {
      current = new FrontPath(behind.memory().newFront(plan().keyClass()), behind.counts(), behind);
      frontPath = current;
    }
    return current;
  }

  private @Nullable RefreshPath refreshPath() {
    long afterNanos = cache().policy().refreshNanos();
    return afterNanos == 0
        ? null
        : new RefreshPath(
            path(),
            hasFront() ? frontPath().front() : null,
            cache().clock(),
            afterNanos,
            new Rerun(lookup, spec, plan().keyMaker(type)),
            !plan().trusted(),
            spec.isStatic());
  }

  private KeyPlan plan() {
    KeyPlan keys = plan;
    if (keys == null) {
      KeyClasses classes = keyClasses;
      if (classes == null) {
        throw new IllegalStateException("not joined: " + signature());
      }
      keys = KeyPlan.of(spec, perInstance, mayBeRaw, classes, properties);
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

  @SuppressWarnings("unused") // through CURRENT_MISS_ENTRY
  private @Nullable MethodHandle currentMissEntry() {
    return missEntry;
  }

  @SuppressWarnings("unused") // through ON_FIRST_INSTANCE
  private synchronized MethodHandle onFirstInstance(Object instance) {
    if (soleInstance == null) {
      soleInstance = new WeakReference<>(instance);
      sharing = null;
      relink();
    }
    return newMissEntry();
  }

  @SuppressWarnings("unused") // through ON_SECOND_INSTANCE
  private MethodHandle onSecondInstance() {
    KeyPlan before = null;
    MethodHandle miss;
    synchronized (this) {
      if (!perInstance) {
        before = plan();
        perInstance = true;
        plan = null;
        sharing = null;
        relink();
      }
      miss = newMissEntry();
    }
    if (before != null) {
      cache().invalidateKeys(before.isMine());
    }
    return miss;
  }

  private static MethodHandle handle(
      Class<?> owner, String name, Class<?> returned, Class<?>... parameters) {
    try {
      return MethodHandles.lookup()
          .findVirtual(owner, name, MethodType.methodType(returned, parameters));
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private static String erasedDescriptor(ClassDesc type) {
    return type.isPrimitive() ? type.descriptorString() : "Ljava/lang/Object;";
  }

  /**
   * What {@link #tierKey} needs.
   *
   * @param keys {@code null} when they belong to one of several instances
   * @param sole the one instance there is, where that counts
   */
  private record Sharing(@Nullable KeyPlan keys, @Nullable WeakReference<Object> sole) {}

  /** The two entries, taking an array. */
  private record Dispatcher(MethodHandle hit, MethodHandle miss) {}

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
