package io.larder.runtime.policy;

import java.util.List;

/**
 * A cache into which a method puts what it returns.
 *
 * @param cacheName the name of the cache
 * @param key what makes the key, in order
 * @param resultOf the name of the cached method whose result it is; empty where nobody said
 * @param unless which results are not stored: conditions as the configuration has them
 */
public record PutSpec(String cacheName, List<KeyPart> key, String resultOf, List<String> unless) {

  private static final int PARTS = 4;

  /** Copies. */
  public PutSpec {
    key = List.copyOf(key);
    unless = List.copyOf(unless);
  }

  String encode() {
    return Encoding.parts(cacheName, resultOf, KeyPart.encode(key), Encoding.items(unless));
  }

  static PutSpec decode(String encoded) {
    String[] parts = Encoding.parts(encoded, PARTS);
    return new PutSpec(parts[0], KeyPart.decodeAll(parts[2]), parts[1], Encoding.items(parts[3]));
  }
}
