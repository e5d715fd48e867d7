package io.larder.runtime.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Stands for one life of the kernel: as long as it lives, what a killed JVM wrote to mapped memory
 * is in the files.
 *
 * @param high 0 with {@code low} if it is not known, as on other systems than Linux
 * @param low the rest
 */
record BootId(long high, long low) {

  private static final Path FILE = Path.of("/proc/sys/kernel/random/boot_id");

  boolean isKnown() {
    return (high | low) != 0;
  }

  static BootId current() {
    try {
      String text = Files.readString(FILE, StandardCharsets.US_ASCII).strip();
      UUID id = UUID.fromString(text);
      return new BootId(id.getMostSignificantBits(), id.getLeastSignificantBits());
    } catch (IOException | IllegalArgumentException unknown) {
      return new BootId(0, 0);
    }
  }
}
