package io.larder.runtime;

import io.larder.runtime.codec.Compression;
import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.disk.DiskSettings;
import io.larder.runtime.policy.DiskOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

/** What is said about the disk, in the terms of those who do it. */
final class DiskConfiguration {

  private DiskConfiguration() {}

  /**
   * Where and how much.
   *
   * @param options with a directory
   * @throws IllegalArgumentException if something does not fit
   */
  static DiskSettings settings(DiskOptions options) {
    String directory = options.directory();
    if (directory == null) {
      throw new IllegalArgumentException("disk.directory is missing; name a directory");
    }
    try {
      return DiskSettings.of(Path.of(directory))
          .withApplication(
              Objects.requireNonNullElseGet(
                  options.application(),
                  () ->
                      application(System.getProperty("sun.java.command", ""))
                          + " in "
                          + System.getProperty("user.dir", "")))
          .withMaximumBytes(options.maximumBytes())
          .withDeadline(options.deadline());
    } catch (InvalidPathException wrong) {
      throw new IllegalArgumentException(
          "disk.directory must be the path of a directory: \"" + directory + "\"", wrong);
    }
  }

  /**
   * What a JVM is told by from those of other applications that use the same directory: its main
   * class, or its jar without where it is and without a version, as the next one has another.
   *
   * @param command as {@code sun.java.command} has it
   */
  static String application(String command) {
    String main = command.strip().split("\\s", 2)[0];
    String name = main.substring(Math.max(main.lastIndexOf('/'), main.lastIndexOf('\\')) + 1);
    return name.endsWith(".jar") || name.endsWith(".war")
        ? name.replaceFirst("-\\d.*(?=\\.[jw]ar$)", "") // as in shop-1.3-SNAPSHOT.jar
        : name;
  }

  /** How entries are written. */
  static EnvelopeFormat format(DiskOptions options) {
    EnvelopeFormat plain = EnvelopeFormat.plain();
    return switch (options.compression()) {
      case "lz4" -> plain.withCompression(Compression.LZ4, EnvelopeFormat.COMPRESS_FROM);
      case "deflate" -> plain.withCompression(Compression.DEFLATE, EnvelopeFormat.COMPRESS_FROM);
      default -> plain;
    };
  }
}
