package io.larder.runtime.coordinator;

import io.larder.bootstrap.LarderTicket;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Lineage;
import java.io.InterruptedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One load under way: the ticket of the thread that runs the method's body, and what others wait
 * for who want the same result.
 *
 * <p>An invalidation while the load is under way dooms it: its result goes to its callers and is
 * not stored. Storing and dooming exclude each other, so that after an invalidation returned
 * nothing older can appear.
 */
final class Flight extends LarderTicket {

  private static final VarHandle STATE;

  private static final int RUNNING = 0;
  private static final int STORING = 1;
  private static final int STORED = 2;
  private static final int DOOMED = 3;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Flight.class, "state", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final Cache cache;
  private final Object key;
  private final ResultType type;
  private final @Nullable CachedCall call;
  private final @Nullable TagSource tags;
  private final @Nullable TagsMeanwhile meanwhile;
  private final Thread leader = Thread.currentThread();

  /** Whether its thread has waited for another load of the key as long as it may. */
  private boolean waited;

  /** Whether this load counts for the statistics of how long loads take. */
  private boolean timed;

  /** Whether {@link #startedNanos} is known. */
  private boolean clocked;

  private long startedNanos;

  /** Made when somebody waits. Written under this. */
  private volatile @Nullable Landing landing;

  private volatile boolean landed;

  @SuppressWarnings("unused") // through STATE
  private volatile int state;

  /** Set before the landing. */
  private @Nullable Entry result;

  /** Set before the landing; neither this nor a result means that the leader gave up. */
  private @Nullable Throwable failure;

  /** Set when it is a refresh, whose arguments the application may change meanwhile. */
  private Refreshing.@Nullable Reload reload;

  /** The way to slower tiers; {@code null} when the result stays in this JVM. */
  private @Nullable Journey journey;

  Flight(
      Cache cache,
      Object key,
      ResultType type,
      @Nullable CachedCall call,
      @Nullable TagSource tags) {
    this.cache = cache;
    this.key = key;
    this.type = type;
    this.call = call;
    this.tags = tags;
    this.meanwhile = tags == null ? null : new TagsMeanwhile(cache.tags());
  }

  /** Its thread has waited for another load of the key as long as it may. */
  void setWaited() {
    waited = true;
  }

  /** It is a refresh: what it loads is stored only if the arguments still make the key. */
  void setReload(Refreshing.Reload value) {
    reload = value;
  }

  Object key() {
    return key;
  }

  Thread leader() {
    return leader;
  }

  /** What waiters park on; it names the leader as owner, so thread dumps show who holds them up. */
  Landing landing() {
    Landing there = landing;
    if (there != null) {
      return there;
    }
    synchronized (this) {
      there = landing;
      if (there == null) {
        there = new Landing(leader);
        landing = there;
      }
    }
    if (landed) { // before or after the landing was made: one of the two sees the other
      there.land();
    }
    return there;
  }

  /** Whether its result is not stored, as it was invalidated, and is for who waits already. */
  boolean isDoomed() {
    return state == DOOMED;
  }

  /** Whether the load has ended and its outcome is known. */
  boolean hasLanded() {
    return landed;
  }

  /** Wakes who waits. */
  void land() {
    landed = true;
    Landing there = landing;
    if (there != null) {
      there.land();
    }
  }

  /** The result; {@code null} before the landing and when there is none. */
  @Nullable Entry result() {
    return result;
  }

  /** The exception of the body; {@code null} when there is none. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** The result that a slower tier has, now in memory, too; {@code null} when the body must run. */
  @Nullable Entry lookUp() {
    try {
      Journey begun = Journey.begin(cache, call, key);
      journey = begun;
      if (begun == null) {
        return null;
      }
      if (meanwhile != null) {
        meanwhile.start();
      }
      return taken(begun.lookUp(!waited));
    } catch (Throwable problem) { // the body can still run
      cache.problem(problem);
      return null;
    }
  }

  /** As {@link #lookUp}, but for what is newer than an entry that is due for a refresh. */
  @Nullable Entry lookUpNewer(Entry due) {
    try {
      Journey begun = Journey.begin(cache, call, key);
      journey = begun;
      if (begun == null) {
        return null;
      }
      if (meanwhile != null) {
        meanwhile.start();
      }
      return taken(begun.lookUpNewer(due, cache.policy().refreshNanos()));
    } catch (Throwable problem) { // as above
      cache.problem(problem);
      return null;
    }
  }

  /** Whether another JVM loads it just now; known after {@link #lookUpNewer}. */
  boolean isLeftToAnother() {
    Journey begun = journey;
    return begun != null && begun.isLeftToAnother();
  }

  /** Keeps what a slower tier has, if it can be served. */
  private @Nullable Entry taken(SlowTiers.@Nullable Found found) {
    if (found == null
        || !type.accepts(found.entry().value)
        || type.unless().test(found.entry().value)) {
      return null;
    }
    Entry entry = entryOf(found);
    entry.setPromoted();
    if ((meanwhile != null && meanwhile.isOutdated()) || !keep(entry)) {
      return null;
    }
    cache.counters().promotions.increment();
    return entry;
  }

  /** What a slower tier has, with tags of this JVM. */
  private Entry entryOf(SlowTiers.Found found) {
    Entry entry = found.entry();
    return cache
        .held()
        .entryOf(
            entry.value,
            entry.createdNanos(),
            entry.loadNanos(),
            meanwhile == null ? null : meanwhile.lineageOf(found.tags()));
  }

  /** Ends a flight that could not start: there is nothing to hand on. */
  void giveUp() {
    travel(null);
  }

  /** Stores a result, unless it was invalidated meanwhile; answers whether it did. */
  private boolean keep(Entry entry) {
    if (!STATE.compareAndSet(this, RUNNING, STORING)) {
      return false;
    }
    try {
      cache.held().store(key, entry);
    } finally {
      STATE.setRelease(this, STORED);
    }
    return true;
  }

  /**
   * Notes that a tag was invalidated.
   *
   * @return whether the load surely has that tag, so that nobody must join it any more
   */
  boolean invalidatedTag(String tag, long stamp) {
    if (tags == null || meanwhile == null) {
      return false;
    }
    meanwhile.invalidated(tag, stamp);
    List<String> known = tags.needsResult() ? null : tags.tags(/* result= */ null);
    return known != null && known.contains(tag);
  }

  /** Whether the outcome may be given to who came at this time of the invalidation clock. */
  boolean isFreshFor(long joinedAt) {
    return meanwhile == null || meanwhile.isFreshFor(joinedAt);
  }

  /** The body is about to run. */
  void start() {
    if (meanwhile != null) {
      meanwhile.start();
    }
    timed = cache.counters().calls.isToBeTimed();
    clocked = timed || journey != null; // other JVMs must know when it began
    if (clocked) {
      startedNanos = cache.clock().nanos();
    }
  }

  /** How long the body has run by now; 0 when it is not timed. */
  private long loadNanos(long nowNanos) {
    return clocked ? Math.max(1, nowNanos - startedNanos) : 0;
  }

  private long now() {
    return clocked ? cache.clock().nanos() : cache.clock().coarseNanos();
  }

  /** Ends a flight that need not run, because the result was there. */
  void landWith(Entry entry) {
    result = entry;
    land();
  }

  /**
   * Sees to it that the result is not stored. When this returns, it is either not stored and never
   * will be, or was stored before and can be removed.
   */
  void doom() {
    while (!STATE.compareAndSet(this, RUNNING, DOOMED)) {
      if (state != STORING || leader == Thread.currentThread()) {
        return; // the leader itself is here when an argument's equals, run by the put, invalidates
      }
      LockSupport.parkNanos(10_000); // the other thread is inside one put
    }
  }

  @Override
  protected void proceed() {}

  @Override
  protected void loaded(@Nullable Object value) {
    Entry stored = null;
    try {
      long now = now();
      Lineage lineage = lineageOf(value);
      Entry entry = cache.held().entryOf(value, now, loadNanos(now), lineage);
      result = entry;
      if (cache.isServing()
          && !type.unless().test(value)
          && (meanwhile == null || (lineage != null && !meanwhile.isOutdated()))
          && (reload == null || reload.isStillFor(key))
          && keep(entry)) {
        stored = entry;
      }
      cache.counters().loaded(stored != null, timed ? entry.loadNanos() : 0, now);
    } catch (Throwable problem) { // the application has its result and must not see this
      cache.problem(problem);
    } finally {
      land(); // first, as it needs the least stack; a landed flight is taken out by who finds it
      cache.flights().landed(this);
    }
    try {
      cache.held().grown();
      travel(stored);
    } catch (Throwable problem) {
      cache.problem(problem);
    }
  }

  /** Hands a result to slower tiers, when who waits for it has it; {@code null} for none. */
  private void travel(@Nullable Entry stored) {
    Journey begun = journey;
    journey = null; // once
    if (begun != null) {
      begun.end(stored);
    }
  }

  private @Nullable Lineage lineageOf(@Nullable Object value) {
    List<String> names = tags == null ? null : tags.tags(value);
    return names == null || meanwhile == null ? null : meanwhile.lineageOf(names);
  }

  @Override
  protected void failed(Throwable thrown) {
    try {
      long now = now();
      cache.counters().failed(timed ? loadNanos(now) : 0, now);
      if (!isPersonal(thrown)) {
        failure = thrown;
      }
    } catch (Throwable problem) { // the application gets its own exception and no other
      cache.problem(problem);
    } finally {
      land(); // first, as it needs the least stack; a landed flight is taken out by who finds it
      cache.flights().landed(this);
    }
    try {
      travel(null);
    } catch (Throwable problem) { // as above
      cache.problem(problem);
    }
  }

  /** Whether the exception concerns this thread alone, so that another thread may well succeed. */
  private static boolean isPersonal(Throwable thrown) {
    return thrown instanceof InterruptedException
        || thrown instanceof InterruptedIOException
        || thrown instanceof ClosedByInterruptException
        || thrown instanceof VirtualMachineError
        || thrown.getClass().getName().equals("java.lang.ThreadDeath") // gone from newer JDKs
        || Thread.currentThread().isInterrupted();
  }

  /** A latch with an owner: JVM tools and deadlock detection see whom the waiters wait for. */
  @SuppressWarnings("serial")
  static final class Landing extends AbstractQueuedSynchronizer {

    private static final long serialVersionUID = 1L;

    private Landing(Thread leader) {
      setExclusiveOwnerThread(leader);
    }

    void land() {
      setExclusiveOwnerThread(null);
      releaseShared(1);
    }

    /** Waits; answers whether the flight landed in time. */
    boolean await(long nanos) throws InterruptedException {
      return tryAcquireSharedNanos(1, nanos);
    }

    @Override
    protected int tryAcquireShared(int ignored) {
      return getState() == 1 ? 1 : -1;
    }

    @Override
    protected boolean tryReleaseShared(int ignored) {
      setState(1);
      return true;
    }
  }
}
