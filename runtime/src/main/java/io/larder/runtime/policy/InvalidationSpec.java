package io.larder.runtime.policy;

import java.util.List;

/**
 * What the weaver found out about one method that invalidates or puts; a constant in the woven
 * class as {@link MethodSpec} is.
 *
 * @param name the method's name
 * @param descriptor its descriptor, as in the class file
 * @param isStatic whether there is no instance
 * @param targets what it invalidates
 * @param puts where it stores its result
 * @param siblings the methods of its class that are cached where it puts
 */
public record InvalidationSpec(
    String name,
    String descriptor,
    boolean isStatic,
    List<Target> targets,
    List<PutSpec> puts,
    List<MethodSpec> siblings) {

  /** What the encoded form begins with; no {@link MethodSpec} does. */
  private static final String MARK = "invalidation";

  private static final int FIELDS = 6;
  private static final int TARGET_PARTS = 5;

  /** What of a cache is forgotten. */
  public enum What {
    /** All of it. */
    EVERYTHING,
    /** The result of one key. */
    KEY,
    /** The results that have one of some tags. */
    TAGS
  }

  /**
   * A cache of which a method forgets something.
   *
   * @param cacheName the name of the cache; empty for all caches, with tags alone
   * @param what how much is forgotten
   * @param key the arguments that make the key of what is forgotten
   * @param tags how the tags are made of what is forgotten, as in {@link MethodSpec#tags}
   * @param before whether it is forgotten before the method runs, and not after it
   * @param onFailure whether it is forgotten also when the method throws
   */
  public record Target(
      String cacheName,
      What what,
      List<KeyPart> key,
      List<String> tags,
      boolean before,
      boolean onFailure) {

    /** Copies. */
    public Target {
      key = List.copyOf(key);
      tags = List.copyOf(tags);
    }

    /** A target that is forgotten, whole or one key of it, after the method returned. */
    public Target(String cacheName, boolean everything, List<KeyPart> key) {
      this(
          cacheName,
          everything ? What.EVERYTHING : What.KEY,
          key,
          /* tags= */ List.of(),
          /* before= */ false,
          /* onFailure= */ false);
    }

    /** The same cache at the same time, but all of it. */
    public Target withEverything() {
      return new Target(cacheName, What.EVERYTHING, List.of(), List.of(), before, onFailure);
    }

    private String encode() {
      return Encoding.parts(
          cacheName,
          what.name(),
          KeyPart.encode(key),
          (before ? "before" : "after") + (onFailure ? ",onFailure" : ""),
          Encoding.items(tags));
    }

    private static Target decode(String encoded) {
      String[] parts = Encoding.parts(encoded, TARGET_PARTS);
      return new Target(
          parts[0],
          What.valueOf(parts[1]),
          KeyPart.decodeAll(parts[2]),
          Encoding.items(parts[4]),
          parts[3].startsWith("before"),
          parts[3].endsWith("onFailure"));
    }
  }

  /** Copies. */
  public InvalidationSpec {
    targets = List.copyOf(targets);
    puts = List.copyOf(puts);
    siblings = List.copyOf(siblings);
  }

  /** A method that puts nothing. */
  public InvalidationSpec(String name, String descriptor, boolean isStatic, List<Target> targets) {
    this(name, descriptor, isStatic, targets, /* puts= */ List.of(), /* siblings= */ List.of());
  }

  /** The same with these methods of its class beside it. */
  public InvalidationSpec withSiblings(List<MethodSpec> cached) {
    return new InvalidationSpec(name, descriptor, isStatic, targets, puts, cached);
  }

  /** The method as people read it: {@code save(long, String)}. */
  public String signature() {
    return Signature.of(name, descriptor);
  }

  /** The form in which {@link #decode} takes it. */
  public String encode() {
    return Encoding.fields(
        MARK,
        isStatic ? "static" : "instance",
        Encoding.list(targets, Target::encode),
        Encoding.list(puts, PutSpec::encode),
        Encoding.list(siblings, sibling -> Encoding.nested(sibling.encode())),
        name + descriptor);
  }

  /** Whether a text is an encoded spec of this kind. */
  public static boolean isEncoded(String encoded) {
    return encoded.startsWith(MARK);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws RuntimeException if it did not
   */
  public static InvalidationSpec decode(String encoded) {
    String[] parts = Encoding.fields(encoded, FIELDS);
    String id = parts[FIELDS - 1];
    return new InvalidationSpec(
        id.substring(0, id.lastIndexOf('(')),
        id.substring(id.lastIndexOf('(')),
        parts[1].equals("static"),
        Encoding.list(parts[2], Target::decode),
        Encoding.list(parts[3], PutSpec::decode),
        Encoding.list(parts[4], sibling -> MethodSpec.decode(Encoding.unnested(sibling))));
  }
}
