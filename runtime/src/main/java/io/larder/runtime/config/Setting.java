package io.larder.runtime.config;

import io.larder.runtime.policy.InstanceRule;
import io.larder.runtime.policy.PolicySetting;
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

  METHOD(
      "method",
      "a method pattern",
      "must be there",
      "com.acme.PriceDao#find",
      "at once, in loaded classes too",
      Place.METHOD,
      Place.INVALIDATION),
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
  INVALIDATION_KEY(
      "key",
      "a list of parameters and their properties",
      "the whole cache",
      "[product, currency]",
      "at once, in loaded classes too",
      Place.INVALIDATION);

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

  /** The part of a policy that it sets, if it sets one. */
  @Nullable PolicySetting policySetting() {
    for (PolicySetting setting : PolicySetting.values()) {
      if (setting.key().equals(key)) {
        return setting;
      }
    }
    return null;
  }
}
