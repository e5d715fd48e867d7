package io.larder.runtime.policy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said about Redis: how it is reached and what is kept there. Immutable. */
public final class RedisOptions extends SectionOptions<RedisSetting, RedisOptions> {

  /** Nothing is said: no Redis. */
  public static final RedisOptions NONE = new RedisOptions(Map.of());

  RedisOptions(Map<RedisSetting, String> texts) {
    super(RedisSetting.class, texts);
  }

  @Override
  RedisOptions of(Map<RedisSetting, String> said) {
    return new RedisOptions(said);
  }

  /**
   * Where the server, the sentinels or the cluster are; may hold a password. {@code null} for no
   * Redis.
   */
  public @Nullable String uri() {
    return textOrNull(RedisSetting.URI);
  }

  /**
   * A file whose first line is the password, read for each new connection, so that it may change;
   * stronger than the URI's.
   */
  public @Nullable String passwordFile() {
    return textOrNull(RedisSetting.PASSWORD_FILE);
  }

  /** A key store with the certificates that are trusted; {@code null} for those of the JDK. */
  public @Nullable String trustStore() {
    return textOrNull(RedisSetting.TRUST_STORE);
  }

  /** A file whose first line is the password of {@link #trustStore}. */
  public @Nullable String trustStorePasswordFile() {
    return textOrNull(RedisSetting.TRUST_STORE_PASSWORD_FILE);
  }

  /** A key store with the certificate that is Larder's own; {@code null} for none. */
  public @Nullable String keyStore() {
    return textOrNull(RedisSetting.KEY_STORE);
  }

  /** A file whose first line is the password of {@link #keyStore} and of the key in it. */
  public @Nullable String keyStorePasswordFile() {
    return textOrNull(RedisSetting.KEY_STORE_PASSWORD_FILE);
  }

  /** What all keys and channels begin with. */
  public String keyPrefix() {
    return text(RedisSetting.KEY_PREFIX);
  }

  /** How long a call waits for Redis at most. */
  public Duration deadline() {
    return duration(RedisSetting.DEADLINE);
  }

  /** How many connections there are to one server at most. */
  public int connections() {
    return Integer.parseInt(text(RedisSetting.CONNECTIONS));
  }

  /**
   * How long results are served from memory at most while other JVMs cannot be heard; zero for not
   * at all.
   */
  public Duration offlineTtl() {
    return durationOrZero(RedisSetting.OFFLINE_TTL);
  }

  /** Whether keys that other programs change in Redis are forgotten in memory. */
  public boolean tracking() {
    return truth(RedisSetting.TRACKING);
  }

  /** How large results are made smaller: {@code lz4}, {@code deflate} or {@code off}. */
  public String compression() {
    return text(RedisSetting.COMPRESSION);
  }

  /** Names of classes that results may hold beside those that the methods declare. */
  public List<String> allow() {
    return classNames(RedisSetting.ALLOW);
  }

  /** A file with the secret that entries are signed with; {@code null} for unsigned ones. */
  public @Nullable String secretFile() {
    return textOrNull(RedisSetting.SECRET_FILE);
  }
}
