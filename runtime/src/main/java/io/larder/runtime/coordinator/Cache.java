package io.larder.runtime.coordinator;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.logging.Log;
import io.larder.runtime.memory.MemoryTier;
import io.larder.runtime.memory.ObjectSize;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.InstanceKey;
import io.larder.runtime.model.Key;
import io.larder.runtime.model.Lineage;
import io.larder.runtime.model.Tag;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.stats.CacheCounters;
import io.larder.runtime.time.Clock;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One cache: a name, the methods it serves, a policy, the memory tier, and the loads under way.
 *
 * <p>The hit path does not come here: call sites ask the memory tier themselves and call {@link
 * #miss} when it has nothing. Thread-safe. Woven classes hold their caches; nothing else does
 * strongly.
 */
public final class Cache implements InstanceKey.Owner {

  private static final Logger logger = Log.logger(Cache.class);

  private final String name;
  private final Clock clock;
  private final ReferenceQueue<Object> goneInstances;
  private final CacheCounters counters = new CacheCounters();
  private final SingleFlight singleFlight = new SingleFlight(this);
  private final Puts puts = new Puts(this);
  private final TagTable tagTable = new TagTable();
  private final CopyOnWriteArrayList<CachedCall> calls = new CopyOnWriteArrayList<>();
  private final SharedKeys sharedKeys = new SharedKeys();

  /** What stands behind the memory, if anything does. */
  private final @Nullable SlowTiers slowTiers;

  /** Whether any method was ever added. Guarded by this. */
  private boolean hadCall;

  private volatile CachePolicy policy;

  /** Whether other JVMs may have results of this one, now or from before. Written under this. */
  private volatile boolean wasShared;

  private volatile MemoryTier memory;

  /** The tier before {@link #memory} while its entries move over. Written under this. */
  private volatile @Nullable MemoryTier retiring;

  /** Written under this. */
  private volatile boolean enabled = true;

  /** Written under this. */
  private volatile boolean enabledByAll = true;

  /** Is told what the application asks. */
  private volatile @Nullable InvalidationListener listener;

  private volatile @Nullable String lastProblem;
  private volatile boolean problemReported;
  private volatile boolean reentryReported;

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
    this.slowTiers = slowTiers;
    this.policy = policy;
    this.clock = clock;
    this.goneInstances = goneInstances;
    this.memory = MemoryTier.create(policy, clock, shares(policy));
    this.wasShared = policy.sharing().isShared();
    boundLives(memory);
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
    return memory;
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
    return lastProblem;
  }

  /** Sets who is told what the application asks of this cache; {@code null} for nobody. */
  void setListener(@Nullable InvalidationListener value) {
    listener = value;
  }

  /** Whether results of any of its methods have tags. */
  public boolean hasTags() {
    return calls.stream().anyMatch(CachedCall::hasTags);
  }

  /** The tags of its entries. */
  TagTable tags() {
    return tagTable;
  }

  /** What a call needs to know of tags that are invalidated while it is under way. */
  TagsMeanwhile meanwhile() {
    return new TagsMeanwhile(tagTable);
  }

  /** The methods that the cache serves. */
  public List<CachedCall> calls() {
    return List.copyOf(calls);
  }

  /**
   * Adds a method.
   *
   * @return whether it is the first
   */
  public synchronized boolean add(CachedCall call) {
    boolean first = !hadCall;
    hadCall = true;
    calls.add(call);
    return first;
  }

  /** Forgets a method that is not woven any more; without a lock, as its own may be held. */
  public void remove(CachedCall call) {
    calls.remove(call);
  }

  /** Takes back what {@link #remove} did. */
  public void addAgain(CachedCall call) {
    calls.addIfAbsent(call);
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
    MemoryTier before = memory;
    policy = wanted;
    wasShared |= wanted.sharing().isShared();
    boolean staysShared = before.isShared() == shares(wanted);
    if (staysShared && before.adjust(wanted)) {
      return;
    }
    MemoryTier after = before.successor(wanted, clock, shares(wanted));
    boundLives(after);
    if (!staysShared) { // what is there was not kept in step with others, or will not be
      memory = after;
      boundLives(after); // again, if they changed before the tier could be seen
      relink();
      forgetKeys(key -> true);
      before.clear();
      return;
    }
    retiring = before;
    memory = after;
    boundLives(after);
    relink();
    boolean[] entered = ReentryGuard.enter();
    try {
      before.copyTo(after, wanted.ttl(), clock.nanos());
      retiring = null;
      before.clear();
    } catch (Throwable problem) { // of a key's equals: what was not copied is forgotten
      problem(problem);
    } finally {
      ReentryGuard.exit(entered);
      retiring = null;
    }
    grown();
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
    if (slowTiers() != null) {
      boundLives(memory);
      applyRemoteInvalidationOfAll();
    }
  }

  private boolean shares(CachePolicy some) {
    return slowTiers != null && some.sharing().isShared();
  }

  /** What stands behind the memory; {@code null} when results stay in this JVM. */
  public @Nullable SlowTiers slowTiers() {
    return shares(policy) ? slowTiers : null;
  }

  /** Notes by which bytes other JVMs call a key that is about to be looked up or loaded. */
  void noteShared(TierKey tierKey, Object key) {
    sharedKeys.add(
        tierKey,
        key,
        each -> {
          MemoryTier old = retiring; // before the tier that entries move to
          return singleFlight.isUnderWay(each)
              || (old != null && old.keys().contains(each))
              || memory.keys().contains(each);
        });
  }

  /** Forgets in memory what another JVM invalidated. */
  void forgetGroup(KeyHash group) {
    boolean[] entered = ReentryGuard.enter();
    try {
      long forgotten = 0;
      for (Object key : sharedKeys.of(group)) {
        forgotten += forget(key) ? 1 : 0;
      }
      counters.invalidations.add(forgotten);
    } finally {
      ReentryGuard.exit(entered);
    }
  }

  /** Takes over how long results may be kept in memory from now on. */
  private void boundLives(MemoryTier tier) {
    SlowTiers tiers = slowTiers;
    if (tiers != null) {
      tier.setLongestLife(tiers.longestLifeNanos());
    }
  }

  /**
   * Runs through what happens on a miss, so that all classes of it are initialized. The first time
   * must not be at the end of some thread's stack: a class whose initialization fails there is
   * broken for the whole JVM (JVMS 5.5), those of the JDK for the application too.
   */
  static void rehearse(Clock clock, ReferenceQueue<Object> goneInstances) {
    Cache stage =
        new Cache("rehearsal", CachePolicy.DEFAULT, clock, /* slowTiers= */ null, goneInstances);
    ResultType type = ResultType.of(Object.class);
    for (String key : List.of("loaded", "failed")) {
      Object ticket = stage.miss(key, type, /* call= */ null, /* tags= */ null);
      if (ticket instanceof Flight flight) {
        Waiting.await(flight, /* nanos= */ 1);
        flight.landing();
        if (key.equals("loaded")) {
          flight.loaded(key);
        } else {
          flight.failed(new IllegalStateException());
        }
        SingleFlight.outcomeOf(flight, type);
      }
    }
    stage.invalidateAll();
    stage.statistics();
  }

  /** Makes the entry for a result. */
  Entry entryOf(@Nullable Object value, long nowNanos, long loadNanos, @Nullable Lineage lineage) {
    int bytes = memory.isBoundedInBytes() ? ObjectSize.of(value) : 0;
    return new Entry(value, nowNanos, loadNanos, bytes, lineage);
  }

  void store(Object key, Entry entry) {
    if (!(key instanceof Key)) { // a value of the JDK, whose equals calls nobody
      memory.put(key, entry);
      return;
    }
    boolean[] entered = ReentryGuard.enter();
    try {
      memory.put(key, entry);
    } finally {
      ReentryGuard.exit(entered);
    }
  }

  /** Links anew once there are more entries than a front is good for. */
  void grown() {
    MemoryTier tier = memory;
    if (tier.outgrow()) {
      try {
        relink();
      } catch (Throwable problem) { // at the end of the stack: the next load tries again
        tier.staySmall();
        throw problem;
      }
      tier.dropFronts(); // who still reads one called before it was dropped
    }
  }

  void landed(Flight flight) {
    singleFlight.landed(flight);
  }

  /**
   * Forgets what methods of this cache stored for the arguments.
   *
   * @param arguments those that make the key, in order
   * @return how many entries were forgotten
   */
  public long invalidate(@Nullable Object... arguments) {
    long forgotten = applyRemoteInvalidation(arguments);
    boolean told = tell(others -> others.invalidatedKey(name, arguments));
    // Again: meanwhile it could come back from a slower tier.
    return told ? forgotten + applyRemoteInvalidation(arguments) : forgotten;
  }

  /** {@link #invalidate}, asked for in another JVM: nobody is told. */
  public long applyRemoteInvalidation(@Nullable Object... arguments) {
    boolean[] entered = ReentryGuard.enter();
    try {
      long forgotten = 0;
      for (CachedCall call : calls) {
        Object key = call.keyOf(arguments);
        if (key instanceof InstanceKey any) {
          forgotten += forgetKeys(stored -> isSameCall(any, stored));
        } else if (key != null) {
          forgotten += forget(key) ? 1 : 0;
        }
      }
      counters.invalidations.add(forgotten);
      return forgotten;
    } finally {
      ReentryGuard.exit(entered);
    }
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

  private static boolean isSameCall(InstanceKey any, Object key) {
    return key.getClass() == any.getClass() && any.sameArguments((Key) key);
  }

  private boolean forget(Object key) {
    try {
      puts.forgotten(key::equals);
      singleFlight.forget(key);
      return removeFromMemory(key);
    } catch (Throwable problem) {
      return startAfresh(problem) > 0;
    }
  }

  /** Forgets what is stored or loaded under a key. */
  void forgetKey(Object key) {
    boolean[] entered = ReentryGuard.enter();
    try {
      forget(key);
    } finally {
      ReentryGuard.exit(entered);
    }
  }

  /** Sees to it that what is loaded for a key now is not stored. */
  void forgetLoad(Object key) {
    singleFlight.forget(key);
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
    MemoryTier before = memory;
    MemoryTier after = before.successor(policy, clock, before.isShared());
    boundLives(after);
    memory = after;
    boundLives(after); // again, if they changed before the tier could be seen
    relink();
    return before.statistics().entries();
  }

  /** Removes from the tier before first, from where entries may be on their way to the next. */
  @SuppressWarnings("ReferenceEquality") // this very tier
  private boolean removeFromMemory(Object key) {
    boolean removed = false;
    MemoryTier current;
    do {
      current = memory;
      MemoryTier old = retiring;
      removed |= old != null && old.remove(key);
      removed |= current.remove(key);
    } while (current != memory);
    return removed;
  }

  /** Forgets everything in all tiers; answers how many entries that were in memory. */
  public long invalidateAll() {
    long forgotten = applyRemoteInvalidationOfAll();
    boolean told = tell(others -> others.invalidatedAll(name));
    return told ? forgotten + applyRemoteInvalidationOfAll() : forgotten; // again, as above
  }

  /** {@link #invalidateAll}, asked for in another JVM or by Larder itself: nobody is told. */
  public long applyRemoteInvalidationOfAll() {
    long forgotten = forgetKeys(key -> true);
    counters.invalidations.add(forgotten);
    return forgotten;
  }

  /**
   * Forgets the entries that have a tag, however many, in one step; those that are being loaded are
   * not stored.
   *
   * @return whether the tag is known: whether an entry has it, or had it lately
   */
  public boolean invalidateTag(String tag) {
    tell(told -> told.invalidatedTag(name, tag));
    return applyRemoteTagInvalidation(tag);
  }

  /** {@link #invalidateTag}, asked for in another JVM: nobody is told. */
  public boolean applyRemoteTagInvalidation(String tag) {
    boolean[] entered = ReentryGuard.enter();
    try {
      long earliest = tagTable.now() + 1;
      puts.invalidatedTag(tag, earliest);
      singleFlight.invalidatedTag(tag, earliest);
    } catch (Throwable problem) { // of a key's equals
      return startAfresh(problem) > 0;
    } finally {
      ReentryGuard.exit(entered);
    }
    long stamp = tagTable.next();
    Tag known = tagTable.find(tag);
    if (known == null) {
      return false;
    }
    known.invalidate(stamp);
    clearFronts();
    counters.tagInvalidations.increment();
    return true;
  }

  /** After the tags, so that a front that notes an entry meanwhile sees that it is outdated. */
  @SuppressWarnings("ReferenceEquality") // this very tier
  private void clearFronts() {
    MemoryTier current;
    do {
      current = memory;
      MemoryTier old = retiring;
      if (old != null) {
        old.clearFronts();
      }
      current.clearFronts();
    } while (current != memory);
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
    Entry stored = puts.store(put, place, value);
    tell(
        told -> {
          if (stored == null) {
            told.invalidatedKey(name, arguments);
          } else {
            told.put(name, place.call(), place.key(), stored, put.stamp(), arguments);
          }
        });
    return stored != null;
  }

  /** A method that puts has ended, whatever became of its result. */
  public void endPut(PutUnderWay put) {
    puts.end(put);
  }

  /** Tells who passes it on, if anybody does; answers whether somebody was told. */
  private boolean tell(Consumer<InvalidationListener> event) {
    InvalidationListener told = listener;
    if (told == null || !wasShared) {
      return false;
    }
    try {
      event.accept(told);
    } catch (Throwable problem) { // the application must not see this
      problem(problem);
    }
    return true;
  }

  /** Forgets what is stored under some of the keys, because their meaning changes. */
  public void invalidateKeys(Predicate<Object> keys) {
    forgetKeys(keys);
  }

  private long forgetKeys(Predicate<Object> keys) {
    boolean[] entered = ReentryGuard.enter();
    try {
      puts.forgotten(keys);
      singleFlight.forgetKeys(keys);
      return removeKeys(keys);
    } catch (Throwable problem) {
      return startAfresh(problem);
    } finally {
      ReentryGuard.exit(entered);
    }
  }

  @SuppressWarnings("ReferenceEquality") // this very tier
  private long removeKeys(Predicate<Object> keys) {
    long removed = 0;
    MemoryTier current;
    do {
      current = memory; // before the tier that retires: that one is set first
      MemoryTier old = retiring;
      removed += old == null ? 0 : old.removeKeys(keys, this::removeFromMemory);
      removed += current.removeKeys(keys, this::removeFromMemory);
    } while (current != memory);
    return removed;
  }

  /**
   * Counts a call from an argument's equals or hashCode, which runs uncached; reports the first.
   */
  public void reentered() {
    counters.uncached.increment();
    if (!reentryReported) {
      logger.warn(
          "Cache \"{}\": a call ran uncached because it came from the equals or hashCode of a key's"
              + " argument; further ones are counted.",
          name);
      reentryReported = true;
    }
  }

  /** Counts a failure that made a call run uncached, and reports the first. */
  public void problem(Throwable problem) {
    counters.problems.increment();
    StackTraceElement[] frames = problem.getStackTrace();
    String where = frames.length == 0 ? "" : " at " + frames[0];
    // Without the message: that of an argument's equals may hold the argument.
    String text = problem.getClass().getName() + where;
    lastProblem = text;
    if (!problemReported) {
      logger.warn(
          "Cache \"{}\": a call ran uncached because of {}; further ones are counted.", name, text);
      problemReported = true; // after it: at the end of the stack the line may not come about
    }
  }

  @Override
  public ReferenceQueue<Object> goneInstances() {
    return goneInstances;
  }

  @Override
  public void drop(Key key) {
    removeFromMemory(key);
  }

  /** Statistics by the names that the application's facade knows. */
  public Map<String, Number> statistics() {
    var held = memory.statistics();
    return Map.ofEntries(
        Map.entry("hits", counters.hits()),
        Map.entry("misses", counters.misses()),
        Map.entry("loads", counters.loads()),
        Map.entry("loadFailures", counters.loadFailures.sum()),
        Map.entry("puts", counters.calls.puts()),
        Map.entry("evictions", held.evictions()),
        Map.entry("expiries", held.expiries()),
        Map.entry("invalidations", counters.invalidations.sum()),
        Map.entry("tagInvalidations", counters.tagInvalidations.sum()),
        Map.entry("updates", counters.updates.sum()),
        Map.entry("coalesced", counters.coalesced.sum()),
        Map.entry("uncached", counters.uncached.sum()),
        Map.entry("entries", held.entries()),
        Map.entry("savedNanos", counters.savedNanos()));
  }

  private void relink() {
    for (CachedCall call : calls) {
      call.relink();
    }
  }
}
