package io.larder.runtime.redis;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself to a new connection.
 *
 * @param runId another one after each start
 * @param version as in {@code 7.2.4}
 * @param mode {@code standalone}, {@code cluster} or {@code sentinel}
 * @param master whether it is one, and no replica
 */
record ServerIdentity(String runId, String version, String mode, boolean master) {

  static final ServerIdentity UNKNOWN = new ServerIdentity("", "", "", true);

  /** Reads the replies to {@code INFO server} and {@code INFO replication}. */
  static ServerIdentity of(byte[] server, byte[] replication) {
    String text = new String(server, StandardCharsets.UTF_8);
    String runId = field(text, "run_id");
    String version = field(text, "redis_version");
    String mode = field(text, "redis_mode");
    String role = field(new String(replication, StandardCharsets.UTF_8), "role");
    return new ServerIdentity(
        runId == null ? "" : runId,
        version == null ? "?" : version,
        mode == null ? "standalone" : mode,
        role == null || !role.toLowerCase(Locale.ROOT).equals("slave"));
  }

  /** The value of one line of {@code INFO}. */
  static @Nullable String field(String info, String name) {
    for (String line : info.lines().toList()) {
      if (line.startsWith(name + ":")) {
        return line.substring(name.length() + 1).strip();
      }
    }
    return null;
  }
}
