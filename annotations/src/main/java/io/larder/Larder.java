package io.larder;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an application can say to Larder: forget something, or show what a cache does.
 *
 * <p>Without the agent each method does nothing and answers as if there were no cache. None throws
 * because of Larder; all may be called from any thread.
 *
 * <p>A call reaches the caches of the class loader that loaded this class and of the loaders below
 * it: a web application that carries the annotations in its own archive sees its own caches only.
 *
 * @since 0.1
 */
public final class Larder {

  private Larder() {}

  /** Whether the agent is in this JVM and takes calls. */
  public static boolean isActive() {
    return AgentLink.call("active") != null;
  }

  /**
   * Forgets the results that the methods of a cache stored for these arguments. A computation that
   * is under way keeps its result for its callers and does not store it. When this method returns,
   * no later call is answered with what was forgotten.
   *
   * @param cache the name of the cache
   * @param arguments the arguments that make the key, in the order of the parameters; those that do
   *     not count are left out; with {@link Instances#EQUAL} the instance comes first
   * @return how many results were forgotten; 0 when there is no such cache, or no method of it
   *     takes such arguments
   */
  public static long invalidate(String cache, Object... arguments) {
    // A single null is taken by the compiler for the array.
    Object[] key = arguments == null ? new Object[] {null} : arguments;
    return count(AgentLink.call("invalidate", cache, key));
  }

  /**
   * Forgets all results of a cache, as {@link #invalidate} does for one.
   *
   * @param cache the name of the cache
   * @return how many results were forgotten
   */
  public static long invalidateCache(String cache) {
    return count(AgentLink.call("invalidateCache", cache));
  }

  /**
   * Forgets all results of all caches, as {@link #invalidate} does for one.
   *
   * @return how many results were forgotten
   */
  public static long invalidateAll() {
    return count(AgentLink.call("invalidateAll"));
  }

  /**
   * Forgets all results that have a tag, as {@link #invalidate} does for one. Takes one step in
   * each cache, however many results have the tag.
   *
   * @param tag as in {@code product:17}
   * @return whether there were such results in any cache; may be {@code true} for a while after the
   *     last one went
   */
  public static boolean invalidateTag(String tag) {
    return Boolean.TRUE.equals(AgentLink.call("invalidateTag", tag));
  }

  /** The names of the caches that have been used, sorted. */
  public static Set<String> cacheNames() {
    Object names = AgentLink.call("cacheNames");
    Set<String> sorted = new TreeSet<>();
    if (names instanceof String[]) {
      Collections.addAll(sorted, (String[]) names);
    }
    return Collections.unmodifiableSet(sorted);
  }

  /**
   * The statistics of a cache, as of now.
   *
   * @param cache the name of the cache
   * @return empty when there is no such cache, or no agent
   */
  @SuppressWarnings("unchecked") // the agent's side of the link answers with names and numbers
  public static Optional<CacheStatistics> statistics(String cache) {
    Object values = AgentLink.call("statistics", cache);
    return values instanceof Map
        ? Optional.of(new CacheStatistics((Map<String, Number>) values))
        : Optional.empty();
  }

  /**
   * What one tier did for a cache in this JVM, as of now.
   *
   * @param tier {@code memory}, {@code disk} or {@code redis}
   * @param cache the name of the cache
   * @return empty when there is no such tier or cache, or no agent
   */
  @SuppressWarnings("unchecked") // as above
  public static Optional<TierStatistics> tierStatistics(String tier, String cache) {
    Object values = AgentLink.call("tierStatistics", tier, cache);
    return values instanceof Map
        ? Optional.of(new TierStatistics((Map<String, Number>) values))
        : Optional.empty();
  }

  /**
   * How a tier that several caches share is.
   *
   * @param tier {@code disk} or {@code redis}
   * @return empty when there is no such tier, or no agent
   */
  @SuppressWarnings("unchecked") // as above
  public static Optional<TierStatus> tierStatus(String tier) {
    Object values = AgentLink.call("tierStatus", tier);
    return values instanceof Map
        ? Optional.of(new TierStatus((Map<String, Object>) values))
        : Optional.empty();
  }

  /**
   * Asks a tier something and says in words what came back. Waits for it, but no longer than a call
   * of a cached method would.
   *
   * @param tier {@code disk} or {@code redis}
   * @return empty when there is no such tier, or no agent
   */
  public static Optional<String> checkTier(String tier) {
    return Optional.ofNullable((String) AgentLink.call("checkTier", tier));
  }

  /**
   * Switches a tier for all caches of this JVM. While it is off, calls go on without it, and what
   * is invalidated is passed on when it is on again.
   *
   * @param tier {@code disk} or {@code redis}
   * @return whether there is such a tier
   */
  public static boolean setTierEnabled(String tier, boolean enabled) {
    return Boolean.TRUE.equals(AgentLink.call("setTierEnabled", tier, enabled));
  }

  private static long count(Object answer) {
    return answer instanceof Long ? (Long) answer : 0;
  }
}
