package io.larder.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Larder's version, as the build wrote it. */
final class Version {

  private Version() {}

  /** For example {@code 0.1.0-SNAPSHOT}. */
  static String read() {
    try (InputStream in = Version.class.getResourceAsStream("version.txt")) {
      return in == null
          ? "unknown"
          : new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException unreadable) {
      return "unknown";
    }
  }
}
