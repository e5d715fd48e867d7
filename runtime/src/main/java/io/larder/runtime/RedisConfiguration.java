package io.larder.runtime;

import io.larder.runtime.codec.Compression;
import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.policy.RedisOptions;
import io.larder.runtime.redis.CredentialsSource;
import io.larder.runtime.redis.RedisSettings;
import io.larder.runtime.redis.RedisUri;
import io.larder.runtime.redis.TlsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said about Redis, in the terms of those who do it. */
final class RedisConfiguration {

  private RedisConfiguration() {}

  /**
   * How to connect.
   *
   * @param options with a URI
   * @throws IllegalArgumentException if something does not fit; the message shows no credentials
   */
  static RedisSettings settings(RedisOptions options) {
    String text = options.uri();
    if (text == null) {
      throw new IllegalArgumentException("redis.uri is missing; write redis://host:6379");
    }
    RedisUri uri = RedisUri.parse(text);
    RedisSettings settings =
        RedisSettings.of(uri)
            .withDeadline(options.deadline())
            .withConnections(options.connections());
    String password = options.passwordFile();
    if (password != null) {
      settings =
          settings.withCredentials(
              CredentialsSource.ofFile(uri.credentials().user(), path("passwordFile", password)));
    }
    return settings.withTls(tls(options));
  }

  private static TlsSettings tls(RedisOptions options) {
    String trusted = options.trustStore();
    String own = options.keyStore();
    return new TlsSettings(
        trusted == null ? null : path("trustStore", trusted),
        firstLine("trustStorePasswordFile", options.trustStorePasswordFile()),
        own == null ? null : path("keyStore", own),
        firstLine("keyStorePasswordFile", options.keyStorePasswordFile()));
  }

  /**
   * How entries are written.
   *
   * @throws IllegalArgumentException as {@link #settings}
   */
  static EnvelopeFormat format(RedisOptions options) {
    EnvelopeFormat format =
        switch (options.compression()) {
          case "lz4" -> compressed(Compression.LZ4);
          case "deflate" -> compressed(Compression.DEFLATE);
          default -> EnvelopeFormat.plain();
        };
    String secret = firstLine("secretFile", options.secretFile());
    return secret == null
        ? format
        : format.withSecrets(List.of(secret.getBytes(StandardCharsets.UTF_8)));
  }

  private static EnvelopeFormat compressed(Compression how) {
    return EnvelopeFormat.plain().withCompression(how, EnvelopeFormat.COMPRESS_FROM);
  }

  private static Path path(String setting, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException wrong) {
      throw new IllegalArgumentException(
          "redis." + setting + " must be the path of a file: \"" + text + "\"", wrong);
    }
  }

  /** {@code null} when no file is given. */
  private static @Nullable String firstLine(String setting, @Nullable String file) {
    if (file == null) {
      return null;
    }
    try {
      return Files.readString(path(setting, file)).lines().findFirst().orElse("").strip();
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "redis." + setting + " cannot be read: \"" + file + "\", " + unreadable, unreadable);
    }
  }
}
