package io.larder.runtime.shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.TierKey;
import java.util.Arrays;

/** What things are called in Redis. What stands in braces decides the node of a cluster. */
final class SharedKeys {

  private final String namespace;
  private final byte[] state;
  private final byte[] channel;

  /** What keys of entries begin with. */
  private final byte[] entryStart;

  SharedKeys(String namespace) {
    this.namespace = namespace;
    this.state = ("{" + namespace + "}:state").getBytes(UTF_8);
    this.channel = (namespace + ":bus").getBytes(UTF_8);
    this.entryStart = (entryPrefix() + "{").getBytes(UTF_8);
  }

  /** A hash: the epoch, the servers it began with, and the clock. */
  byte[] state() {
    return state;
  }

  /** Where everybody hears what was invalidated. */
  byte[] channel() {
    return channel;
  }

  /**
   * A hash: the entries for some arguments, one for each method, version and shape of classes, and
   * their tombstone.
   */
  byte[] entry(String cache, KeyHash group) {
    byte[] name = cache.getBytes(UTF_8);
    int groupAt = entryStart.length + name.length + 1;
    byte[] key = Arrays.copyOf(entryStart, groupAt + KeyHash.DIGITS + 1);
    System.arraycopy(name, 0, key, entryStart.length, name.length);
    key[groupAt - 1] = ':';
    group.writeDigits(key, groupAt);
    key[key.length - 1] = '}';
    return key;
  }

  /** What an entry is called among those of its arguments; never that of the tombstone. */
  static byte[] field(TierKey key) {
    byte[] digits = new byte[KeyHash.DIGITS];
    key.identity().writeDigits(digits, 0);
    return digits;
  }

  /** Who loads a key now; on the node of its entry. */
  byte[] lease(TierKey key) {
    return (namespace + ":l:{" + key.cache() + ":" + key.group() + "}:" + key.identity())
        .getBytes(UTF_8);
  }

  /** The clock when a tag was invalidated last. */
  byte[] tag(String tag) {
    return (namespace + ":g:" + tag).getBytes(UTF_8);
  }

  /** What all keys of entries begin with. */
  String entryPrefix() {
    return namespace + ":e:";
  }
}
