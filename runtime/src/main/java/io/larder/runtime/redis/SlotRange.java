package io.larder.runtime.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Slots of a cluster, and who serves them.
 *
 * @param first slot
 * @param last slot, itself of the range
 */
record SlotRange(int first, int last, Endpoint master) {

  private static final int SLOTS = 16_384;

  /**
   * Reads the reply to {@code CLUSTER SLOTS}; what is not readable is left out.
   *
   * @param asked who answered: a master without a host name is at the same host
   */
  static List<SlotRange> read(@Nullable Object reply, Endpoint asked) {
    List<SlotRange> ranges = new ArrayList<>();
    if (reply instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof List<?> range
            && range.size() >= 3
            && range.get(0) instanceof Long first
            && range.get(1) instanceof Long last
            && range.get(2) instanceof List<?> master
            && master.size() >= 2
            && master.get(1) instanceof Long port
            && 0 <= first
            && first <= last
            && last < SLOTS
            && 0 < port
            && port <= 65_535) {
          ranges.add(
              new SlotRange(
                  first.intValue(),
                  last.intValue(),
                  new Endpoint(host(master.get(0), asked), port.intValue())));
        }
      }
    }
    return ranges;
  }

  private static String host(@Nullable Object host, Endpoint asked) {
    String text = host instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
    return text.isEmpty() || text.equals("?") ? asked.host() : text;
  }
}
