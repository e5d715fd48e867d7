package io.larder.agent.rules;

import io.larder.runtime.config.MethodRule;

/**
 * One place of the configuration that names methods.
 *
 * @param cacheName the cache under which it stands
 * @param method what it says
 * @param invalidates whether its methods invalidate the cache; else they are cached in it
 * @param origin where it stands, as in {@code larder.yaml:12}
 */
public record Rule(String cacheName, MethodRule method, boolean invalidates, String origin) {

  /** What it says, without where: that stays the same when lines are added above it. */
  public String meaning() {
    return String.join(
        " ",
        method.pattern().text(),
        invalidates ? "invalidates" : "in",
        cacheName,
        String.valueOf(method.key()),
        String.valueOf(method.instances()),
        String.valueOf(method.unless()));
  }
}
