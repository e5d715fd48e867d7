package io.larder.runtime.redis;

import org.jspecify.annotations.Nullable;

/**
 * Who Larder is to a server. Its text names neither.
 *
 * @param user of the access control list; {@code null} for the default one
 * @param password {@code null} if there is none
 */
public record RedisCredentials(@Nullable String user, @Nullable String password) {

  /** Nobody in particular: the server asks for no password. */
  public static final RedisCredentials NONE = new RedisCredentials(null, null);

  @Override
  public String toString() {
    return "RedisCredentials[...]";
  }
}
