package io.larder.runtime.policy;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the weaver found out about one method, and hands to the runtime as constants in the woven
 * class: that needs no table on the side that would have to go when the class goes.
 *
 * @param name the method's name
 * @param descriptor its descriptor, as in the class file
 * @param isStatic whether there is no instance
 * @param cacheName the cache that serves it
 * @param keyParameters which parameters make the key, from 0, in order
 * @param instances how the instance counts
 * @param policy what it asks of the cache
 */
public record MethodSpec(
    String name,
    String descriptor,
    boolean isStatic,
    String cacheName,
    List<Integer> keyParameters,
    InstanceRule instances,
    CachePolicy policy) {

  private static final Pattern CACHE_NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");

  /**
   * In the encoded form; the last is the method's name and descriptor, which may hold a separator.
   */
  private static final int FIELDS = 9;

  /**
   * Copies and checks the values.
   *
   * @throws IllegalArgumentException if the cache name has other characters than it may
   */
  public MethodSpec {
    keyParameters = List.copyOf(keyParameters);
    if (!isCacheName(cacheName)) {
      throw new IllegalArgumentException(
          "name must be 1 to 200 letters, digits, '.', '_' or '-': \"" + cacheName + "\"");
    }
  }

  /**
   * Whether a cache may be called so: MBeans, files and Redis keys take these characters as they
   * are.
   */
  public static boolean isCacheName(String name) {
    return CACHE_NAME.matcher(name).matches();
  }

  /** What identifies the method in its class. */
  public String id() {
    return name + descriptor;
  }

  /** The form in which {@link #decode} takes it: one constant of the woven class. */
  public String encode() {
    return String.join(
        ";",
        isStatic ? "static" : "instance",
        cacheName,
        keyParameters.stream().map(String::valueOf).collect(Collectors.joining(",")),
        instances.name(),
        DurationText.format(policy.ttl()),
        String.valueOf(policy.maximumEntries()),
        SizeText.format(policy.maximumBytes()),
        DurationText.format(policy.waitAtMost()),
        id());
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws RuntimeException if it did not
   */
  public static MethodSpec decode(String encoded) {
    String[] parts = encoded.split(";", FIELDS);
    String id = parts[FIELDS - 1];
    return new MethodSpec(
        id.substring(0, id.lastIndexOf('(')),
        id.substring(id.lastIndexOf('(')),
        parts[0].equals("static"),
        parts[1],
        parts[2].isEmpty()
            ? List.of()
            : Arrays.stream(parts[2].split(",")).map(Integer::valueOf).toList(),
        InstanceRule.valueOf(parts[3]),
        new CachePolicy(
            DurationText.parseOrOff("ttl", parts[4]),
            Long.parseLong(parts[5]),
            SizeText.parseOrOff("maximumBytes", parts[6]),
            DurationText.parse("waitAtMost", parts[7])));
  }
}
