package io.larder.agent.weaving;

import io.larder.agent.rules.Rule;
import io.larder.runtime.policy.InvalidationSpec;
import io.larder.runtime.policy.PutSpec;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a method was to do to a cache when it is called, and what became of that.
 *
 * @param rule who asked; {@code null} for an annotation
 * @param annotation which one, if one asked
 * @param kind whether it invalidates, puts, or is refused
 * @param cacheName the cache; empty for all
 * @param words what it does, or why not
 */
record Effect(
    @Nullable Rule rule,
    String annotation,
    WeavingOutcome.Kind kind,
    String cacheName,
    String words) {

  private static final String INVALIDATE = "@CacheInvalidate";
  private static final String PUT = "@CachePut";

  static Effect of(@Nullable Rule rule, InvalidationSpec.Target target) {
    String what =
        switch (target.what()) {
          case EVERYTHING -> target.cacheName().isEmpty() ? "all results with tags" : "all results";
          case KEY -> "the result of its key";
          case TAGS -> "results by tag";
        };
    String when =
        target.before()
            ? " before it runs"
            : target.onFailure() ? " when it returns or throws" : " when it returns";
    return new Effect(
        rule,
        INVALIDATE,
        WeavingOutcome.Kind.INVALIDATES,
        target.cacheName(),
        "forgets " + what + when);
  }

  static Effect of(@Nullable Rule rule, PutSpec put) {
    return new Effect(
        rule,
        PUT,
        WeavingOutcome.Kind.PUTS,
        put.cacheName(),
        "stores what it returns"
            + (put.resultOf().isEmpty() ? "" : " as the result of " + put.resultOf()));
  }

  /** Something that is not done as it was asked for. */
  static Effect refused(@Nullable Rule rule, boolean put, String reason) {
    return new Effect(
        rule, put ? PUT : INVALIDATE, WeavingOutcome.Kind.REFUSED, /* cacheName= */ "", reason);
  }
}
