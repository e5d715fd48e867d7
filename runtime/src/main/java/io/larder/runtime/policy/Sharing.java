package io.larder.runtime.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How far the results of a cache travel: which tiers hold them, and in which form.
 *
 * @param tiers in the order in which they are looked into, of {@link #TIERS}; memory is always the
 *     first. A tier that is not configured counts as if it were not named
 * @param codec how results become bytes, of {@link #CODECS}
 * @param version tells results apart whose meaning changed although their classes did not
 * @param loadOnce whether one JVM loads what several miss at the same time
 * @param writeBehind whether results are handed to slower tiers by Larder's own thread, so that the
 *     caller does not wait
 */
public record Sharing(
    List<String> tiers, String codec, String version, boolean loadOnce, boolean writeBehind) {

  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._-]{0,100}");

  /** All tiers that there are. */
  public static final List<String> TIERS = List.of("memory", "disk", "redis");

  /** All codecs that there are. */
  public static final List<String> CODECS =
      List.of("auto", "fory", "json", "jdk", "string", "bytes");

  /** What holds where nothing is said. */
  public static final Sharing DEFAULT =
      new Sharing(TIERS, "auto", "", /* loadOnce= */ false, /* writeBehind= */ true);

  /**
   * Copies and checks the values.
   *
   * @throws IllegalArgumentException if one is not allowed; the message names it
   */
  public Sharing {
    tiers = List.copyOf(tiers);
    if (tiers.isEmpty() || !tiers.get(0).equals("memory") || !TIERS.containsAll(tiers)) {
      throw new IllegalArgumentException(
          "tiers must be \"memory\", then \"disk\", \"redis\" or both in the order in which they are"
              + " looked into, as in \"memory, disk, redis\": \""
              + String.join(", ", tiers)
              + "\"");
    }
    if (tiers.stream().distinct().count() != tiers.size()) {
      throw new IllegalArgumentException(
          "tiers must name each tier once: \"" + String.join(", ", tiers) + "\"");
    }
    if (!CODECS.contains(codec)) {
      throw new IllegalArgumentException(
          "codec must be one of " + String.join(", ", CODECS) + ": \"" + codec + "\"");
    }
    if (!VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException(
          "version must be at most 100 letters, digits, '.', '_' or '-': \"" + version + "\"");
    }
  }

  /** Whether results leave memory, as far as the policy says. */
  public boolean isShared() {
    return tiers.size() > 1;
  }

  /** Reads tiers as people write them: {@code memory, disk, redis}. */
  static List<String> parseTiers(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(tier -> tier.strip().toLowerCase(Locale.ROOT))
        .toList();
  }

  /**
   * The tiers with one more, or without one; one more comes where it stands in {@link #TIERS}.
   *
   * @param tier one of these, but memory
   */
  public List<String> tiersWith(String tier, boolean named) {
    List<String> wanted = new ArrayList<>(tiers);
    if (!named) {
      wanted.remove(tier);
    } else if (!wanted.contains(tier)) {
      wanted.add(tier.equals("disk") ? 1 : wanted.size(), tier);
    }
    return wanted;
  }

  /** The same in other tiers. */
  public Sharing withTiers(List<String> value) {
    return new Sharing(value, codec, version, loadOnce, writeBehind);
  }

  /** The same with another codec. */
  public Sharing withCodec(String value) {
    return new Sharing(tiers, value, version, loadOnce, writeBehind);
  }

  /** The same with another version. */
  public Sharing withVersion(String value) {
    return new Sharing(tiers, codec, value, loadOnce, writeBehind);
  }

  /** The same with one load across JVMs, or not. */
  public Sharing withLoadOnce(boolean value) {
    return new Sharing(tiers, codec, version, value, writeBehind);
  }

  /** The same with writing behind, or through. */
  public Sharing withWriteBehind(boolean value) {
    return new Sharing(tiers, codec, version, loadOnce, value);
  }
}
