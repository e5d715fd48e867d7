package io.larder.runtime.policy;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** One part of {@link RedisOptions}, as people name it and write it. */
public enum RedisSetting implements SectionSetting {
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

  @Override
  public String key() {
    return key;
  }

  @Override
  public String otherwise() {
    return otherwise;
  }

  @Override
  public String checked(String value) {
    SettingText text = new SettingText(key, value);
    return switch (this) {
      case KEY_PREFIX ->
          text.that(
              PREFIX.matcher(text.text()).matches(),
              "1 to 100 letters, digits, '.', '_', ':' or '-'");
      case DEADLINE -> text.duration(LONGEST_DEADLINE, "at most 10s");
      case OFFLINE_TTL ->
          text.durationOrOff(
              LONGEST_OFFLINE_TTL,
              "at most 3s, which is how long what others invalidate may be served, or \"off\"");
      case CONNECTIONS -> text.that(isConnections(text.text()), "a number from 1 to 1000");
      case TRACKING -> text.truth();
      case COMPRESSION -> text.oneOf(COMPRESSIONS);
      case ALLOW -> text.classNames();
      case URI,
          PASSWORD_FILE,
          TRUST_STORE,
          TRUST_STORE_PASSWORD_FILE,
          KEY_STORE,
          KEY_STORE_PASSWORD_FILE,
          SECRET_FILE ->
          text.text();
    };
  }

  private static boolean isConnections(String text) {
    int count = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
    return count >= 1 && count <= MOST_CONNECTIONS;
  }
}
