package io.larder.agent.weaving;

import io.larder.agent.rules.Rule;
import io.larder.runtime.policy.InvalidationSpec;
import io.larder.runtime.policy.PutSpec;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a method does to a cache when it is called.
 *
 * @param rule who asked; {@code null} for an annotation
 * @param kind whether it invalidates or puts
 * @param cacheName the cache; empty for all
 * @param words what it does, for people
 */
record Effect(@Nullable Rule rule, WeavingOutcome.Kind kind, String cacheName, String words) {

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
        rule, WeavingOutcome.Kind.INVALIDATES, target.cacheName(), "forgets " + what + when);
  }

  static Effect of(@Nullable Rule rule, PutSpec put) {
    return new Effect(
        rule,
        WeavingOutcome.Kind.PUTS,
        put.cacheName(),
        "stores what it returns"
            + (put.resultOf().isEmpty() ? "" : " as the result of " + put.resultOf()));
  }
}
