package io.larder.runtime.coordinator;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.memory.MemoryTier;
import io.larder.runtime.model.InstanceKey;
import io.larder.runtime.model.Key;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.stats.CacheCounters;
import io.larder.runtime.time.Clock;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One cache: a name, the methods it serves, a policy, the memory tier, and the loads under way.
 *
 * <p>The hit path does not come here: call sites ask the memory tier themselves and call {@link
 * #miss} when it has nothing. Thread-safe. Woven classes hold their caches; nothing else does
 * strongly.
 */
public final class Cache implements InstanceKey.Owner {

  private final String name;
  private final Clock clock;
  private final ReferenceQueue<Object> goneInstances;
  private final CacheCounters counters = new CacheCounters();
  private final Troubles troubles;
  private final SingleFlight singleFlight = new SingleFlight(this);
  private final Refreshing refreshing = new Refreshing(this, singleFlight);
  private final Puts puts = new Puts(this);
  private final TagTable tagTable = new TagTable();
  private final CopyOnWriteArrayList<CachedCall> calls = new CopyOnWriteArrayList<>();
  private final CacheMemory memory;
  private final Invalidations invalidations;

  /** Guarded by this. */
  private boolean rawKeysClaimed;

  /** Written under this. */
  private volatile CachePolicy policy;

  /** Written under this. */
  private volatile boolean enabled = true;

  /** Written under this. */
  private volatile boolean enabledByAll = true;

  /**
   * An empty cache.
   *
   * @param slowTiers what stands behind the memory; {@code null} for nothing
   * @param goneInstances where references to instances go that are gone
   */
  public Cache(
      String name,
      CachePolicy policy,
      Clock clock,
      @Nullable SlowTiers slowTiers,
      ReferenceQueue<Object> goneInstances) {
    this.name = name;
    this.policy = policy;
    this.clock = clock;
    this.goneInstances = goneInstances;
    this.troubles = new Troubles(name, counters);
    this.memory = new CacheMemory(this, policy, slowTiers);
    this.invalidations = new Invalidations(this, memory, singleFlight, puts);
    noteShared(policy);
  }

  /** Before anything can go there. */
  private void noteShared(CachePolicy wanted) {
    SlowTiers behind = memory.slowTiers(wanted);
    if (wanted.sharing().isShared()) {
      invalidations.setShared(/* withOthers= */ behind != null && behind.reachOthers());
    }
  }

  /** The name of the cache. */
  public String name() {
    return name;
  }

  /** What the cache is told to do, now. */
  public CachePolicy policy() {
    return policy;
  }

  /** What the cache counted. */
  public CacheCounters counters() {
    return counters;
  }

  /** Where its entries are; replaced when a policy needs another kind. */
  public MemoryTier memory() {
    return memory.tier();
  }

  /** The runtime's clock. */
  public Clock clock() {
    return clock;
  }

  /** Whether this cache is on, as far as it is switched alone. */
  public boolean isEnabled() {
    return enabled;
  }

  /** Whether calls are answered from the cache: it is on, and so is Larder as a whole. */
  public boolean isServing() {
    return enabled && enabledByAll;
  }

  /** The last failure of Larder's own or of a key argument, without keys or values. */
  public @Nullable String lastProblem() {
    return troubles.lastProblem();
  }

  /** Where its entries are, and where they move. */
  CacheMemory held() {
    return memory;
  }

  /** The loads under way. */
  SingleFlight flights() {
    return singleFlight;
  }

  /** What forgets. */
  Invalidations invalidations() {
    return invalidations;
  }

  /** Whether results of any of its methods have tags. */
  public boolean hasTags() {
    return calls.stream().anyMatch(CachedCall::hasTags);
  }

  /** Its refreshes in the background. */
  public Refreshing refreshing() {
    return refreshing;
  }

  /** The tags of its entries. */
  TagTable tags() {
    return tagTable;
  }

  /** The methods that the cache serves. */
  public List<CachedCall> calls() {
    return List.copyOf(calls);
  }

  /** Whether nobody asked before: one method alone may have keys that are its arguments. */
  public synchronized boolean claimRawKeys() {
    boolean first = !rawKeysClaimed;
    rawKeysClaimed = true;
    return first;
  }

  /** Adds a method that is cached here from now on. */
  public void add(CachedCall call) {
    calls.addIfAbsent(call);
  }

  /** Forgets a method that is not woven any more; without a lock, as its own may be held. */
  public void remove(CachedCall call) {
    calls.remove(call);
  }

  /**
   * Switches the cache. Call sites are linked anew, so that a cache that is off costs nothing. What
   * is stored is forgotten when it goes off: nobody would see it being outdated.
   */
  public void setEnabled(boolean value) {
    boolean before;
    synchronized (this) {
      before = isServing();
      enabled = value;
    }
    serve(before);
  }

  /** Switches the cache together with all others. */
  void setEnabledByAll(boolean value) {
    boolean before;
    synchronized (this) {
      before = isServing();
      enabledByAll = value;
    }
    serve(before);
  }

  private void serve(boolean before) {
    if (isServing() != before) {
      // Before, too, when it goes on: of calls that were on their way as it went off.
      applyRemoteInvalidationOfAll();
      relink();
      applyRemoteInvalidationOfAll();
    }
  }

  /** Takes over a policy; entries stay, unless it asks for fewer or their time has passed. */
  public synchronized void setPolicy(CachePolicy wanted) {
    boolean refreshesAlike = policy.refreshNanos() == wanted.refreshNanos();
    boolean reachedOthers = invalidations.reachedOthers();
    noteShared(wanted);
    if (!reachedOthers && invalidations.reachedOthers()) {
      invalidations.beginAnew();
    }
    policy = wanted;
    memory.setPolicy(wanted);
    if (!refreshesAlike) {
      relink();
    }
  }

  /**
   * What becomes of a call that found nothing: it runs the body and loads, or gets the outcome of a
   * thread that does already, or runs the body uncached.
   *
   * @param call whose result it is; {@code null} for one that no slower tier is to know
   * @return a hit; a ticket; or {@code null} to run the body and forget about it
   */
  public @Nullable Object miss(
      Object key, ResultType type, @Nullable CachedCall call, @Nullable TagSource tags) {
    counters.calls.miss();
    Object stored = key instanceof Key made ? made.detach(this) : key;
    return singleFlight.enter(stored, type, call, tags);
  }

  /**
   * A call found nothing, and its result cannot be stored.
   *
   * @return {@code null}: to run the body and forget about it
   */
  public @Nullable Object missUncached() {
    counters.calls.miss();
    counters.uncached.increment();
    return null;
  }

  /**
   * Takes over how long results may be kept in memory, as other JVMs can be heard again, or cannot
   * any more; and forgets those that are there, as they may have been invalidated unheard.
   */
  void doubt() {
    SlowTiers behind = slowTiers();
    if (behind != null && behind.reachOthers()) {
      memory.boundLives();
      applyRemoteInvalidationOfAll();
    }
  }

  /**
   * The keys of the results that are used most, as slower tiers tell them apart; hottest first.
   * Looks at all keys; runs their {@code equals}.
   *
   * @param most how many at most
   */
  public List<KeyHash> hottest(int most) {
    return slowTiers() == null
        ? List.of()
        : invalidations.identitiesOf(memory.tier().hottest(most));
  }

  /** What stands behind the memory; {@code null} when results stay there. */
  public @Nullable SlowTiers slowTiers() {
    return memory.slowTiers(policy);
  }

  /**
   * Forgets what methods of this cache stored for the arguments.
   *
   * @param arguments those that make the key, in order
   * @return how many entries were forgotten
   */
  public long invalidate(@Nullable Object... arguments) {
    return invalidations.invalidate(arguments);
  }

  /** {@link #invalidate}, asked for in another JVM: nobody is told. */
  public long applyRemoteInvalidation(@Nullable Object... arguments) {
    return invalidations.applyRemote(arguments);
  }

  /**
   * Whether these arguments could make a key of any method of this cache; {@code false} also where
   * that cannot be told from their types.
   *
   * @param arguments as for {@link #invalidate}
   */
  public boolean couldHold(@Nullable Object... arguments) {
    return calls.isEmpty() || calls.stream().anyMatch(call -> call.couldHold(arguments));
  }

  /**
   * Forgets everything, because a key's {@code equals} or {@code hashCode} threw and what was to be
   * forgotten cannot be found.
   *
   * @return how many entries there were, about
   */
  synchronized long startAfresh(Throwable reason) {
    problem(reason);
    puts.forgotten(key -> true);
    singleFlight.forgetAll();
    return memory.startAfresh(policy);
  }

  /** Forgets everything in all tiers; answers how many entries that were in memory. */
  public long invalidateAll() {
    return invalidations.invalidateAll();
  }

  /** {@link #invalidateAll}, asked for in another JVM or by Larder itself: nobody is told. */
  public long applyRemoteInvalidationOfAll() {
    return invalidations.applyRemoteOfAll();
  }

  /**
   * Forgets the entries that have a tag, however many, in one step; those that are being loaded are
   * not stored.
   *
   * @return whether the tag is known: whether an entry has it, or had it lately
   */
  public boolean invalidateTag(String tag) {
    return invalidations.invalidateTag(tag);
  }

  /** {@link #invalidateTag}, asked for in another JVM: nobody is told. */
  public boolean applyRemoteTagInvalidation(String tag) {
    return invalidations.applyRemoteTag(tag);
  }

  /** A method that puts its result here begins; {@link #put} or {@link #endPut} must follow. */
  public PutUnderWay beginPut() {
    return puts.begin();
  }

  /**
   * The method returned: stores its result, in place of what is there or is being loaded.
   *
   * @param arguments those that make the key, in order
   * @return whether it was stored; else what is there for the key was forgotten
   */
  public boolean put(
      PutUnderWay put, PutPlace place, @Nullable Object value, @Nullable Object... arguments) {
    return puts.put(put, place, value, arguments);
  }

  /** A method that puts has ended, whatever became of its result. */
  public void endPut(PutUnderWay put) {
    puts.end(put);
  }

  /** Forgets what is stored under some of the keys, because their meaning changes. */
  public void invalidateKeys(Predicate<Object> keys) {
    invalidations.forgetKeys(keys);
  }

  /**
   * Forgets what a method stored that is cached again after a while in which nobody saw what was
   * changed: in memory what is under its keys, in slower tiers and other JVMs all of the cache.
   */
  public void forgetUnseen(Predicate<Object> keys) {
    invalidations.beginAnew();
    invalidations.forgetKeys(keys);
  }

  /**
   * Counts a call from an argument's equals or hashCode, which runs uncached; reports the first.
   */
  public void reentered() {
    troubles.reentered();
  }

  /** Counts a failure that made a call run uncached, and reports the first. */
  public void problem(Throwable problem) {
    troubles.problem(problem);
  }

  @Override
  public ReferenceQueue<Object> goneInstances() {
    return goneInstances;
  }

  @Override
  public void drop(Key key) {
    memory.remove(key);
  }

  /** Statistics by the names that the application's facade knows. */
  public Map<String, Number> statistics() {
    return CacheStatistics.of(counters, memory.tier().statistics());
  }

  /** Links the call sites of all methods anew. */
  void relink() {
    for (CachedCall call : calls) {
      call.relink();
    }
  }
}
