package io.larder.runtime.shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.redis.RedisCommand;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entries that changed in Redis, by whomever. What Larder does leaves something of a key there, and
 * is told by messages; a key of which nothing is left was deleted by somebody else, evicted, or has
 * expired: memory forgets it too. For one thread.
 */
final class ForeignChanges {

  private static final int HASH_DIGITS = 2 * KeyHash.BYTES;
  private static final int MOST = 1_000;

  private final Store store;
  private final BusListeners listeners;
  private final Map<String, Forgotten> changed = new LinkedHashMap<>();

  ForeignChanges(Store store, BusListeners listeners) {
    this.store = store;
    this.listeners = listeners;
  }

  /**
   * Notes keys that changed, and looks at them when there is time, or are many.
   *
   * @param keys as a subscription tells them
   * @param idle whether no message waits
   * @return whether all keys were flushed
   */
  boolean take(List<byte[]> keys, boolean idle) {
    boolean flushed = false;
    for (byte[] key : keys) {
      String name = new String(key, UTF_8);
      Forgotten what = parse(name);
      if (what != null) {
        changed.put(name, what);
      }
      flushed |= key.length == 0;
    }
    if (idle || changed.size() >= MOST) {
      look();
    }
    return flushed;
  }

  /** What an entry's key stands for; {@code null} if it is none. */
  private @Nullable Forgotten parse(String name) {
    String prefix = store.keys().entryPrefix() + "{";
    int colon = name.length() - HASH_DIGITS - 2;
    if (!name.startsWith(prefix) || colon < prefix.length() || name.charAt(colon) != ':') {
      return null;
    }
    try {
      String digits = name.substring(colon + 1, name.length() - 1);
      KeyHash group =
          new KeyHash(
              HexFormat.fromHexDigitsToLong(digits, 0, HASH_DIGITS / 2),
              HexFormat.fromHexDigitsToLong(digits, HASH_DIGITS / 2, HASH_DIGITS));
      return Forgotten.key(name.substring(prefix.length(), colon), group);
    } catch (NumberFormatException foreign) {
      return null;
    }
  }

  /** Looks at what changed, all at once. What cannot be looked at is forgotten as well. */
  private void look() {
    if (changed.isEmpty()) {
      return;
    }
    List<RedisCommand> commands = new ArrayList<>(changed.size());
    changed.keySet().forEach(name -> commands.add(RedisCommand.of("HLEN", name)));
    List<Forgotten> keys = List.copyOf(changed.values());
    changed.clear();
    List<@Nullable Object> lengths = store.exchangeAll(commands);
    for (int i = 0; i < keys.size(); i++) {
      if (!(lengths.get(i) instanceof Long length) || length == 0) {
        listeners.forget(keys.get(i));
      }
    }
  }
}
