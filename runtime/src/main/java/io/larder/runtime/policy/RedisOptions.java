package io.larder.runtime.policy;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is said about Redis: how it is reached and what is kept there. Immutable.
 *
 * @param texts what is said, by setting; nothing of what is not said
 */
public record RedisOptions(Map<RedisSetting, String> texts) {

  /** Nothing is said: no Redis. */
  public static final RedisOptions NONE = new RedisOptions(Map.of());

  /**
   * Copies and checks the values.
   *
   * @throws IllegalArgumentException if one is not allowed; the message names the setting and never
   *     shows credentials
   */
  public RedisOptions {
    EnumMap<RedisSetting, String> checked = new EnumMap<>(RedisSetting.class);
    texts.forEach((setting, text) -> checked.put(setting, setting.checked(text)));
    texts = Collections.unmodifiableMap(checked);
  }

  /**
   * The same with one more part, or another value for it.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public RedisOptions with(RedisSetting setting, String text) {
    EnumMap<RedisSetting, String> more = new EnumMap<>(RedisSetting.class);
    more.putAll(texts);
    more.put(setting, text);
    return new RedisOptions(more);
  }

  private String text(RedisSetting setting) {
    return texts.getOrDefault(setting, setting.otherwise());
  }

  private @Nullable String textOrNull(RedisSetting setting) {
    String text = text(setting);
    return text.isEmpty() ? null : text;
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
    return DurationText.parse(RedisSetting.DEADLINE.key(), text(RedisSetting.DEADLINE));
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
    return Objects.requireNonNullElse(
        DurationText.parseOrOff(RedisSetting.OFFLINE_TTL.key(), text(RedisSetting.OFFLINE_TTL)),
        Duration.ZERO);
  }

  /** Whether keys that other programs change in Redis are forgotten in memory. */
  public boolean tracking() {
    return text(RedisSetting.TRACKING).equals("true");
  }

  /** How large results are made smaller: {@code lz4}, {@code deflate} or {@code off}. */
  public String compression() {
    return text(RedisSetting.COMPRESSION);
  }

  /** Names of classes that results may hold beside those that the methods declare. */
  public List<String> allow() {
    return ClassNames.parse(text(RedisSetting.ALLOW));
  }

  /** A file with the secret that entries are signed with; {@code null} for unsigned ones. */
  public @Nullable String secretFile() {
    return textOrNull(RedisSetting.SECRET_FILE);
  }

  /** Only which settings there are: the URI may hold a password. */
  @Override
  public String toString() {
    return "RedisOptions" + texts.keySet();
  }
}
