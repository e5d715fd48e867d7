package io.larder.runtime.policy;

import java.util.List;

/**
 * What the weaver found out about one method that invalidates; a constant in the woven class as
 * {@link MethodSpec} is.
 *
 * @param name the method's name
 * @param descriptor its descriptor, as in the class file
 * @param isStatic whether there is no instance
 * @param targets what it invalidates
 */
public record InvalidationSpec(
    String name, String descriptor, boolean isStatic, List<Target> targets) {

  /** What the encoded form begins with; no {@link MethodSpec} does. */
  private static final String MARK = "invalidation";

  private static final String EVERYTHING = "*";
  private static final int FIELDS = 4;

  /**
   * A cache of which a method forgets something.
   *
   * @param cacheName the name of the cache
   * @param everything whether all of it is forgotten
   * @param key else, the arguments that make the key of what is forgotten
   */
  public record Target(String cacheName, boolean everything, List<KeyPart> key) {

    /** Copies. */
    public Target {
      key = List.copyOf(key);
    }

    private String encode() {
      StringBuilder encoded = new StringBuilder(cacheName).append(':');
      if (everything) {
        return encoded.append(EVERYTHING).toString();
      }
      for (KeyPart part : key) {
        encoded.append(part.encode()).append(',');
      }
      return encoded.toString();
    }

    private static Target decode(String encoded) {
      int colon = encoded.indexOf(':');
      String parts = encoded.substring(colon + 1);
      String cacheName = encoded.substring(0, colon);
      if (parts.equals(EVERYTHING)) {
        return new Target(cacheName, /* everything= */ true, List.of());
      }
      List<KeyPart> key =
          parts.isEmpty()
              ? List.of()
              : List.of(parts.split(",")).stream().map(KeyPart::decode).toList();
      return new Target(cacheName, /* everything= */ false, key);
    }
  }

  /** Copies. */
  public InvalidationSpec {
    targets = List.copyOf(targets);
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
        Encoding.list(parts[2], Target::decode));
  }
}
