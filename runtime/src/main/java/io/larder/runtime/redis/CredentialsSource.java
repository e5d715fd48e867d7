package io.larder.runtime.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where credentials come from; asked with each new connection, so that they may change. */
@FunctionalInterface
public interface CredentialsSource {

  /**
   * The credentials of now.
   *
   * @throws IOException if they cannot be had; the message names neither user nor password
   */
  RedisCredentials get() throws IOException;

  /** Always the same. */
  static CredentialsSource of(RedisCredentials credentials) {
    return () -> credentials;
  }

  /** A password that is the content of a file, but for white space at its end. */
  static CredentialsSource ofFile(@Nullable String user, Path file) {
    return () -> {
      try {
        return new RedisCredentials(user, Files.readString(file).stripTrailing());
      } catch (IOException unreadable) {
        throw new UnreadableFileException("the password file", file, unreadable);
      }
    };
  }
}
