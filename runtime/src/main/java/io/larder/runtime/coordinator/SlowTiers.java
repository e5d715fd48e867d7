package io.larder.runtime.coordinator;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.codec.ValueCodec;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.TierFigures;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tiers behind the memory of all caches, and what keeps several JVMs in step. Thread-safe.
 * Nothing here throws because of a tier, and no call takes longer than the tiers' deadlines.
 */
public interface SlowTiers {

  /**
   * These tiers as far as they are named, in that order: what is stored goes to them alone. What is
   * forgotten is forgotten in the others, too, if that of other JVMs is; else in those of this JVM.
   * The same object for the same names.
   *
   * @param names as {@link io.larder.runtime.policy.Sharing#tiers} has them
   * @return {@code null} if none of those that there are is named
   */
  @Nullable SlowTiers among(List<String> names);

  /** Whether other JVMs store and invalidate there, too. */
  boolean reachOthers();

  /**
   * How results of a type become bytes.
   *
   * @param name of the codec, as {@link io.larder.runtime.policy.Sharing#CODECS} has it
   * @param loader sees the classes of the results
   * @param returned the declared type of the results
   * @throws NotStorableException if they cannot
   */
  ValueCodec codecOf(String name, @Nullable ClassLoader loader, Type returned)
      throws NotStorableException;

  /**
   * The moment. Taken before something is looked up or loaded: what was invalidated later is then
   * known to be older.
   */
  Stamp stamp();

  /**
   * Whether the tiers are known to be away, so that a call is spared all work for them; counts as a
   * look that found nothing. Only while other JVMs cannot be heard either: when they can again, all
   * that is loaded now is forgotten, also by those to whom nobody told its key.
   */
  boolean areAway(String cache);

  /**
   * Notes that results of a cache stay in this JVM although they were to be shared.
   *
   * @param reason for people, without keys or values
   */
  void keptLocal(String cache, String reason);

  /** What became of the results of a cache that were to be stored. */
  Refusals refusals(String cache);

  /**
   * The entry stored under a key, in the fastest tier that has it; faster ones get it, too.
   *
   * @param loadNanos how long a load takes on average; a tier that answers no faster is left out. 0
   *     where nobody knows yet
   */
  @Nullable Found get(TierKey key, long loadNanos);

  /**
   * The newest entry stored under a key, whoever stored it, and even if to load were quicker: for
   * who has one that is due to be loaded anew.
   */
  @Nullable Found newest(TierKey key);

  /**
   * Stores an entry in all tiers.
   *
   * @param stamp as it was before the entry was loaded
   * @param behind whether Larder's own thread does it
   * @param waitedNanos how long the call has waited for the tiers by now
   */
  void put(TierKey key, Entry entry, Stamp stamp, boolean behind, long waitedNanos);

  /**
   * Stores what a method that changes things answered, in place of all that any JVM knows of the
   * key; if it was invalidated since the method began, it is forgotten instead.
   *
   * @param stamp as it was before the method ran
   */
  void replace(TierKey key, Entry entry, Stamp stamp);

  /**
   * Asks to be the one JVM that loads a key; waits for the one that does.
   *
   * @param waitNanos how long at most
   * @param waitedNanos how long the call has waited for the tiers by now
   */
  Lease lease(TierKey key, long waitNanos, long waitedNanos);

  /**
   * Asks to be the one JVM that loads a key, without waiting: for what may as well be left to the
   * one that does.
   *
   * @return {@code null} when another JVM is at it
   */
  @Nullable Lease tryLease(TierKey key);

  /** Forgets what is stored for some arguments, here and in the memory of all other JVMs. */
  void invalidate(String cache, KeyHash group);

  /** Forgets all of a cache, here and in the memory of all other JVMs. */
  void clear(String cache);

  /** Forgets all that this JVM keeps for itself, also of caches that it has not used yet. */
  void clearOwn();

  /**
   * How long results may be kept in memory now, in nanoseconds: {@link Long#MAX_VALUE}, or little
   * while other JVMs cannot be heard.
   */
  long longestLifeNanos();

  /** Forgets what has a tag, in one cache or with an empty name in all, as {@link #clear}. */
  void invalidateTag(String cache, String tag);

  /**
   * A moment, on the clocks of all tiers that there are, named or not.
   *
   * @param shared the number of the last invalidation that this JVM knows of, where several share a
   *     tier; 0 without such a tier
   * @param kept the same of what this JVM keeps for itself; 0 if it keeps nothing
   * @param session which of the times in which this JVM hears all that others invalidate; 0 for
   *     none
   */
  record Stamp(long shared, long kept, long session) {

    /** No moment: there was no tier. */
    public static final Stamp NONE = new Stamp(0, 0, 0);
  }

  /**
   * What a tier has.
   *
   * @param entry without lineage
   * @param tags the names of its tags
   * @param lookNanos how long such a look takes, about; 0 where nobody knows
   */
  record Found(Entry entry, List<String> tags, long lookNanos) {

    /** Copies. */
    public Found {
      tags = List.copyOf(tags);
    }
  }

  /**
   * Results that could not be stored.
   *
   * @param offered results that were to be stored
   * @param notStorable those that have no bytes
   * @param reason of the last of them, for people; {@code null} if there was none
   */
  record Refusals(long offered, long notStorable, @Nullable String reason) {

    /** As a tier counted them. */
    public static Refusals of(TierFigures figures) {
      return new Refusals(figures.offered(), figures.notStorable(), figures.notStorableReason());
    }
  }

  /** The right to load a key, or what another JVM loaded meanwhile. */
  interface Lease {

    /** What another JVM stored while this one waited; {@code null} when this one is to load. */
    @Nullable Found found();

    /**
     * Stores what was loaded, unless the right was lost meanwhile, and gives the right back.
     *
     * @param waitedNanos how long the call had waited for the tiers before it asked for the right
     */
    void loaded(Entry entry, Stamp stamp, long waitedNanos);

    /** Gives the right back: there is nothing to store. */
    void released();
  }
}
