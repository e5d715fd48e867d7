package io.larder.runtime.policy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** One part of {@link RedisOptions}, as people name it and write it. */
public enum RedisSetting {
  /** Where Redis is; may hold a password. */
  URI("uri", ""),
  /** A file whose first line is the password. */
  PASSWORD_FILE("passwordFile", ""),
  /** A key store with the certificates that are trusted. */
  TRUST_STORE("trustStore", ""),
  /** A file whose first line is the password of the trust store. */
  TRUST_STORE_PASSWORD_FILE("trustStorePasswordFile", ""),
  /** A key store with Larder's own certificate. */
  KEY_STORE("keyStore", ""),
  /** A file whose first line is the password of the key store. */
  KEY_STORE_PASSWORD_FILE("keyStorePasswordFile", ""),
  /** What all keys and channels begin with. */
  KEY_PREFIX("keyPrefix", "larder"),
  /** How long a call waits for Redis at most. */
  DEADLINE("deadline", "50ms"),
  /** How many connections there are to one server at most. */
  CONNECTIONS("connections", "8"),
  /** How long results are served from memory at most while other JVMs cannot be heard. */
  OFFLINE_TTL("offlineTtl", "2s"),
  /** Whether keys that other programs change in Redis are forgotten in memory. */
  TRACKING("tracking", "false"),
  /** How large results are made smaller. */
  COMPRESSION("compression", "lz4"),
  /** Which classes results may hold beside the declared ones. */
  ALLOW("allow", ""),
  /** A file with the secret that entries are signed with. */
  SECRET_FILE("secretFile", "");

  /** The ways to make large results smaller. */
  public static final List<String> COMPRESSIONS = List.of("lz4", "deflate", "off");

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:-]{1,100}");
  private static final int MOST_CONNECTIONS = 1_000;
  private static final Duration LONGEST_DEADLINE = Duration.ofSeconds(10);

  /** What another JVM invalidated is promised to be served no longer than this. */
  private static final Duration LONGEST_OFFLINE_TTL = Duration.ofSeconds(3);

  private final String key;
  private final String otherwise;

  RedisSetting(String key, String otherwise) {
    this.key = key;
    this.otherwise = otherwise;
  }

  /** The name that people write, below {@code redis} in the file. */
  public String key() {
    return key;
  }

  /** What holds where nothing is said. */
  String otherwise() {
    return otherwise;
  }

  /**
   * A value without what does not count.
   *
   * @throws IllegalArgumentException if it is not understood or out of range; the message is for
   *     the one who wrote it, and never shows a URI
   */
  String checked(String value) {
    String text = value.strip();
    return switch (this) {
      case KEY_PREFIX -> {
        require(
            PREFIX.matcher(text).matches(), "1 to 100 letters, digits, '.', '_', ':' or '-'", text);
        yield text;
      }
      case DEADLINE -> {
        Duration deadline = DurationText.parse(key, text);
        require(deadline.compareTo(LONGEST_DEADLINE) <= 0, "at most 10s", text);
        yield text;
      }
      case OFFLINE_TTL -> {
        Duration longest = DurationText.parseOrOff(key, text);
        require(
            longest == null || longest.compareTo(LONGEST_OFFLINE_TTL) <= 0,
            "at most 3s, which is how long what others invalidate may be served, or \"off\"",
            text);
        yield text;
      }
      case CONNECTIONS -> {
        int count = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        require(count >= 1 && count <= MOST_CONNECTIONS, "a number from 1 to 1000", text);
        yield text;
      }
      case TRACKING -> {
        String lower = text.toLowerCase(Locale.ROOT);
        require(lower.equals("true") || lower.equals("false"), "true or false", text);
        yield lower;
      }
      case COMPRESSION -> {
        String lower = text.toLowerCase(Locale.ROOT);
        require(COMPRESSIONS.contains(lower), "one of " + String.join(", ", COMPRESSIONS), text);
        yield lower;
      }
      case ALLOW -> {
        ClassNames.check(key, text);
        yield text;
      }
      case URI,
          PASSWORD_FILE,
          TRUST_STORE,
          TRUST_STORE_PASSWORD_FILE,
          KEY_STORE,
          KEY_STORE_PASSWORD_FILE,
          SECRET_FILE ->
          text;
    };
  }

  private void require(boolean holds, String rule, String value) {
    if (!holds) {
      throw new IllegalArgumentException(key + " must be " + rule + ": \"" + value + "\"");
    }
  }
}
