package io.larder.runtime.config;

import io.larder.runtime.policy.DiskSetting;
import io.larder.runtime.policy.InstanceRule;
import io.larder.runtime.policy.PolicySetting;
import io.larder.runtime.policy.RedisSetting;
import io.larder.runtime.policy.SectionSetting;
import io.larder.runtime.policy.Sharing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Each key of the file: what is known where, and what the user's page and the schema for editors
 * must say of it. A test compares them with this.
 */
enum Setting {
  ENABLED(
      "enabled",
      "true or false",
      "true",
      "false",
      "at once; `false` sends every call to its method and forgets what is stored",
      Place.FILE),
  LOG("log", "one of", "info", "debug", "at once", Place.FILE),
  MANAGEMENT("management", "one of", "full", "read-only", "at the next start", Place.FILE),
  WATCH(
      "watch",
      "a duration such as 2s, or off",
      "2s",
      "10s",
      "at once; after `off` the file is not looked at again",
      Place.FILE),
  DISK(
      "disk",
      "a map of settings",
      "",
      "{directory: /var/cache/acme}",
      "as the settings in it",
      Place.FILE),
  REDIS(
      "redis",
      "a map of settings",
      "",
      "{uri: redis://127.0.0.1}",
      "as the settings in it",
      Place.FILE),
  DEFAULTS("defaults", "a map of settings", "", "{ttl: 1m}", "as the settings in it", Place.FILE),
  CACHES(
      "caches",
      "a map of cache names",
      "",
      "{prices: {ttl: 30s}}",
      "as the settings in it",
      Place.FILE),
  EXCLUDE(
      "exclude",
      "a list of method patterns",
      "",
      "com.acme.internal..*",
      "at once; what the methods stored is forgotten",
      Place.FILE),

  DISK_DIRECTORY(
      "directory",
      "the path of a directory",
      "nothing is kept on disk",
      "/var/cache/acme",
      "at the next start",
      Place.DISK),
  DISK_APPLICATION(
      "application",
      "a name",
      "the main class or jar, and the working directory",
      "shop",
      "at the next start",
      Place.DISK),
  DISK_MAXIMUM_BYTES(
      "maximumBytes", "a size from 16MB to 1TB", "1GB", "4GB", "at the next start", Place.DISK),
  DISK_DEADLINE(
      "deadline", "a duration such as 50ms", "50ms", "20ms", "at the next start", Place.DISK),
  DISK_FALLBACK(
      "fallback", "a duration such as 1m, or off", "off", "1m", "at the next start", Place.DISK),
  DISK_WARM_START("warmStart", "true or false", "true", "false", "at the next start", Place.DISK),
  DISK_COMPRESSION("compression", "one of", "lz4", "deflate", "at the next start", Place.DISK),
  DISK_ALLOW(
      "allow", "a list of class names", "", "com.acme.Money", "at the next start", Place.DISK),

  REDIS_URI(
      "uri",
      "a URI such as redis://host:6379",
      "no Redis",
      "redis://redis.acme.com:6379/2",
      "at the next start",
      Place.REDIS),
  REDIS_PASSWORD_FILE(
      "passwordFile",
      "the path of a file",
      "",
      "/etc/acme/redis-password",
      "at the next start; what is in the file, for each new connection",
      Place.REDIS),
  REDIS_TRUST_STORE(
      "trustStore",
      "the path of a key store",
      "that of the JDK",
      "/etc/acme/trust.p12",
      "at the next start",
      Place.REDIS),
  REDIS_TRUST_STORE_PASSWORD_FILE(
      "trustStorePasswordFile",
      "the path of a file",
      "",
      "/etc/acme/trust-password",
      "at the next start",
      Place.REDIS),
  REDIS_KEY_STORE(
      "keyStore",
      "the path of a key store",
      "",
      "/etc/acme/larder.p12",
      "at the next start",
      Place.REDIS),
  REDIS_KEY_STORE_PASSWORD_FILE(
      "keyStorePasswordFile",
      "the path of a file",
      "",
      "/etc/acme/larder-p12-password",
      "at the next start",
      Place.REDIS),
  REDIS_KEY_PREFIX(
      "keyPrefix",
      "letters, digits, '.', '_', ':' and '-'",
      "larder",
      "shop:larder",
      "at the next start",
      Place.REDIS),
  REDIS_DEADLINE(
      "deadline", "a duration such as 50ms", "50ms", "20ms", "at the next start", Place.REDIS),
  REDIS_CONNECTIONS(
      "connections", "a number from 1 to 1000", "8", "16", "at the next start", Place.REDIS),
  REDIS_OFFLINE_TTL(
      "offlineTtl", "a duration up to 3s, or off", "2s", "1s", "at the next start", Place.REDIS),
  REDIS_TRACKING("tracking", "true or false", "false", "true", "at the next start", Place.REDIS),
  REDIS_COMPRESSION("compression", "one of", "lz4", "deflate", "at the next start", Place.REDIS),
  REDIS_ALLOW(
      "allow", "a list of class names", "", "com.acme.Money", "at the next start", Place.REDIS),
  REDIS_SECRET_FILE(
      "secretFile",
      "the path of a file",
      "entries are not signed",
      "/etc/acme/larder-secret",
      "at the next start",
      Place.REDIS),

  CACHE_ENABLED(
      "enabled",
      "true or false",
      "true",
      "false",
      "at once; `false` forgets what is stored",
      Place.CACHE),
  TTL(
      "ttl",
      "a duration such as 30s, or off",
      "5m",
      "30s",
      "at once, for stored results too",
      Place.DEFAULTS,
      Place.CACHE),
  MAXIMUM_ENTRIES(
      "maximumEntries",
      "a whole number, or 0 for no limit",
      "10_000",
      "50_000",
      "at once; what is too much goes",
      Place.DEFAULTS,
      Place.CACHE),
  MAXIMUM_BYTES(
      "maximumBytes",
      "a size such as 64MB, or off",
      "off",
      "64MB",
      "at once; what is too much goes",
      Place.DEFAULTS,
      Place.CACHE),
  WAIT_AT_MOST(
      "waitAtMost",
      "a duration such as 5s",
      "5s",
      "250ms",
      "at once, for callers that begin to wait",
      Place.DEFAULTS,
      Place.CACHE),
  REFRESH_AFTER(
      "refreshAfter",
      "a duration such as 1m, or off",
      "off",
      "1m",
      "at once, for stored results too",
      Place.DEFAULTS,
      Place.CACHE),
  TIERS(
      "tiers",
      "memory, then disk, redis or both",
      "memory, disk, redis",
      "memory",
      "at once; what is in memory is forgotten",
      Place.DEFAULTS,
      Place.CACHE),
  CODEC(
      "codec",
      "one of",
      "auto",
      "json",
      "at once; what was stored in another form is not found any more",
      Place.DEFAULTS,
      Place.CACHE),
  VERSION(
      "version",
      "letters, digits, '.', '_' and '-'",
      "",
      "2026-11",
      "at once; what another version stored is not found any more",
      Place.DEFAULTS,
      Place.CACHE),
  LOAD_ONCE("loadOnce", "true or false", "false", "true", "at once", Place.DEFAULTS, Place.CACHE),
  WRITE("write", "one of", "behind", "through", "at once", Place.DEFAULTS, Place.CACHE),
  METHODS(
      "methods",
      "a list of method patterns",
      "",
      "com.acme.PriceDao#find",
      "at once, in loaded classes too",
      Place.CACHE),
  INVALIDATED_BY(
      "invalidatedBy",
      "a list of method patterns",
      "",
      "com.acme.PriceDao#save*",
      "at once, in loaded classes too",
      Place.CACHE),
  PUT_BY(
      "putBy",
      "a list of method patterns",
      "",
      "com.acme.PriceDao#update",
      "at once, in loaded classes too",
      Place.CACHE),

  METHOD(
      "method",
      "a method pattern",
      "must be there",
      "com.acme.PriceDao#find",
      "at once, in loaded classes too",
      Place.METHOD,
      Place.INVALIDATION,
      Place.PUT),
  METHOD_KEY(
      "key",
      "a list of parameters and their properties",
      "all parameters",
      "[product, user.id]",
      "at once; what the method stored is forgotten",
      Place.METHOD),
  INSTANCES(
      "instances",
      "one of",
      "SEPARATE",
      "INTERCHANGEABLE",
      "at once; what the method stored is forgotten",
      Place.METHOD),
  UNLESS(
      "unless",
      "a list of conditions",
      "",
      "result.empty",
      "at once, for calls that begin then",
      Place.METHOD),
  TAGS(
      "tags",
      "a list of tags",
      "",
      "\"product:{id}\"",
      "at once; what the method stored is forgotten",
      Place.METHOD),
  INVALIDATION_KEY(
      "key",
      "a list of parameters and their properties",
      "the whole cache",
      "[product, currency]",
      "at once, in loaded classes too",
      Place.INVALIDATION),
  INVALIDATION_TAGS(
      "tags",
      "a list of tags",
      "",
      "\"product:{id}\"",
      "at once, in loaded classes too",
      Place.INVALIDATION),
  WHEN("when", "one of", "after", "before", "at once, in loaded classes too", Place.INVALIDATION),
  ON_FAILURE(
      "onFailure",
      "true or false",
      "false",
      "true",
      "at once, in loaded classes too",
      Place.INVALIDATION),
  PUT_KEY(
      "key",
      "a list of parameters and their properties",
      "all parameters",
      "result.id",
      "at once, in loaded classes too",
      Place.PUT),
  RESULT_OF(
      "resultOf",
      "the name of a method",
      "the one that fits",
      "find",
      "at once, in loaded classes too",
      Place.PUT),
  PUT_UNLESS(
      "unless",
      "a list of conditions",
      "",
      "result == null",
      "at once, in loaded classes too",
      Place.PUT);

  private static final Map<Place, List<Setting>> BY_PLACE = new EnumMap<>(Place.class);

  static {
    for (Place place : Place.values()) {
      List<Setting> its = new ArrayList<>();
      for (Setting setting : values()) {
        if (setting.places.contains(place)) {
          its.add(setting);
        }
      }
      BY_PLACE.put(place, List.copyOf(its));
    }
  }

  private final String key;
  private final String type;
  private final String whenMissing;
  private final String example;
  private final String changedLive;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of makes one that is
  private final Set<Place> places;

  Setting(
      String key,
      String type,
      String whenMissing,
      String example,
      String changedLive,
      Place... places) {
    this.key = key;
    this.type = type;
    this.whenMissing = whenMissing;
    this.example = example;
    this.changedLive = changedLive;
    this.places = Set.of(places);
  }

  /** What may stand in a place, in the order of the user's page. */
  static List<Setting> in(Place place) {
    return Objects.requireNonNull(BY_PLACE.get(place));
  }

  /** What a word means in a place; {@code null} if nothing. */
  static @Nullable Setting find(String key, Place place) {
    for (Setting setting : in(place)) {
      if (setting.key.equals(key)) {
        return setting;
      }
    }
    return null;
  }

  /** The word in the file. */
  String key() {
    return key;
  }

  /** Where it may stand. */
  Set<Place> places() {
    return places;
  }

  /** What a value must be, as it stands behind "must be". */
  String type() {
    return choices().isEmpty() ? type : type + " " + String.join(", ", choices());
  }

  /** The only values there are; empty if there are more than can be listed. */
  List<String> choices() {
    return switch (this) {
      case LOG -> List.of("debug", "info", "warn", "error", "off");
      case MANAGEMENT -> List.of("off", "read-only", "full");
      case CODEC -> Sharing.CODECS;
      case REDIS_COMPRESSION -> RedisSetting.COMPRESSIONS;
      case DISK_COMPRESSION -> DiskSetting.COMPRESSIONS;
      case WRITE -> List.of("behind", "through");
      case WHEN -> List.of("after", "before");
      case INSTANCES -> Arrays.stream(InstanceRule.values()).map(InstanceRule::name).toList();
      default -> List.of();
    };
  }

  /** What holds where it is not said; empty for nothing. */
  String whenMissing() {
    return whenMissing;
  }

  /** A value as it may be written. */
  String example() {
    return example;
  }

  /** When a changed value holds in a running application. */
  String changedLive() {
    return changedLive;
  }

  /** Whether a list of words may be written for it, or the words with commas in between. */
  boolean isListOfWords() {
    return this == TIERS || this == REDIS_ALLOW || this == DISK_ALLOW;
  }

  /** Which of the settings of a section it is; {@code null} if it is not of that section. */
  <S extends SectionSetting> @Nullable S among(List<S> settings, Place section) {
    if (!places.contains(section)) {
      return null;
    }
    for (S setting : settings) {
      if (setting.key().equals(key)) {
        return setting;
      }
    }
    throw new IllegalStateException(section.word() + "." + key + " is no setting there");
  }

  /** The part of a policy that it sets, if it sets one. */
  @Nullable PolicySetting policySetting() {
    if (!places.contains(Place.CACHE)) { // others have words in common with policies
      return null;
    }
    for (PolicySetting setting : PolicySetting.values()) {
      if (setting.key().equals(key)) {
        return setting;
      }
    }
    return null;
  }
}
