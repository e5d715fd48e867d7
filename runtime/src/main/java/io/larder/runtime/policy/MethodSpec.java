package io.larder.runtime.policy;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What the weaver found out about one cached method, and hands to the runtime as a constant in the
 * woven class: that needs no table on the side that would have to go when the class goes.
 *
 * @param name the method's name
 * @param descriptor its descriptor, as in the class file
 * @param isStatic whether there is no instance
 * @param cacheName the cache that serves it
 * @param key what makes the key, in order
 * @param instances how the instance counts
 * @param unless which results are not stored: conditions as the configuration has them
 * @param tags how the tags of a result are made: templates as the configuration has them, with
 *     parameters by position
 * @param declared what its annotation asks of the cache
 */
public record MethodSpec(
    String name,
    String descriptor,
    boolean isStatic,
    String cacheName,
    List<KeyPart> key,
    InstanceRule instances,
    List<String> unless,
    List<String> tags,
    PolicySettings declared) {

  private static final Pattern CACHE_NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");

  /** In the encoded form; the last is the method's name and descriptor. */
  private static final int FIELDS = 8;

  /**
   * Copies and checks the values.
   *
   * @throws IllegalArgumentException if the cache name has other characters than it may
   */
  public MethodSpec {
    key = List.copyOf(key);
    unless = List.copyOf(unless);
    tags = List.copyOf(tags);
    if (!isCacheName(cacheName)) {
      throw new IllegalArgumentException(
          "name must be 1 to 200 letters, digits, '.', '_' or '-': \"" + cacheName + "\"");
    }
  }

  /** A method without tags. */
  public MethodSpec(
      String name,
      String descriptor,
      boolean isStatic,
      String cacheName,
      List<KeyPart> key,
      InstanceRule instances,
      List<String> unless,
      PolicySettings declared) {
    this(
        name,
        descriptor,
        isStatic,
        cacheName,
        key,
        instances,
        unless,
        /* tags= */ List.of(),
        declared);
  }

  /** Whether a cache may be called so. */
  public static boolean isCacheName(String name) {
    return CACHE_NAME.matcher(name).matches();
  }

  /** What identifies the method in its class. */
  public String id() {
    return name + descriptor;
  }

  /** What a result stands for: another key or other tags make another result of it. */
  public String meaning() {
    return Encoding.parts(id(), KeyPart.encode(key), Encoding.items(tags));
  }

  /** The method as people read it: {@code find(long, String)}. */
  public String signature() {
    return Signature.of(name, descriptor);
  }

  /** The form in which {@link #decode} takes it: one constant of the woven class. */
  public String encode() {
    return Encoding.fields(
        isStatic ? "static" : "instance",
        cacheName,
        Encoding.list(key, KeyPart::encode),
        instances.name(),
        Encoding.list(unless, text -> text),
        Encoding.list(tags, text -> text),
        Encoding.list(
            List.copyOf(declared.texts().entrySet()),
            each -> each.getKey().name() + "=" + each.getValue()),
        id());
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws RuntimeException if it did not
   */
  public static MethodSpec decode(String encoded) {
    String[] parts = Encoding.fields(encoded, FIELDS);
    String id = parts[FIELDS - 1];
    return new MethodSpec(
        id.substring(0, id.lastIndexOf('(')),
        id.substring(id.lastIndexOf('(')),
        parts[0].equals("static"),
        parts[1],
        Encoding.list(parts[2], KeyPart::decode),
        InstanceRule.valueOf(parts[3]),
        Encoding.list(parts[4], text -> text),
        Encoding.list(parts[5], text -> text),
        settings(parts[6]));
  }

  private static PolicySettings settings(String encoded) {
    PolicySettings settings = PolicySettings.NONE;
    for (String each : Encoding.list(encoded, text -> text)) {
      int equals = each.indexOf('=');
      settings =
          settings.with(
              PolicySetting.valueOf(each.substring(0, equals)), each.substring(equals + 1));
    }
    return settings;
  }
}
