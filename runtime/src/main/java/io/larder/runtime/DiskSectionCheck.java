package io.larder.runtime;

import io.larder.runtime.policy.DiskOptions;
import io.larder.runtime.policy.DiskSetting;
import io.larder.runtime.policy.SizeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong with the settings of the disk on this machine, without writing anything: a
 * directory that cannot be written to, and too little space.
 */
final class DiskSectionCheck {

  private DiskSectionCheck() {}

  /** What is wrong, by setting; empty if nothing is. */
  static Map<DiskSetting, String> objections(DiskOptions options) {
    Map<DiskSetting, String> objections = new EnumMap<>(DiskSetting.class);
    String text = options.directory();
    if (text == null) {
      return Map.of(); // it may be said by a system property or the environment
    }
    Path directory;
    try {
      directory = Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException wrong) {
      return Map.of(
          DiskSetting.DIRECTORY, "directory must be the path of a directory: \"" + text + "\"");
    }
    Path existing = existing(directory);
    String wrong = existing == null ? " has no root on this machine" : wrongWith(existing);
    if (wrong != null) {
      objections.put(
          DiskSetting.DIRECTORY,
          "directory \""
              + text
              + "\""
              + (existing == null || existing.equals(directory) ? "" : ": \"" + existing + "\"")
              + wrong
              + ": it must be a directory that the application can write to, or one that it can"
              + " make");
    } else if (existing != null) {
      String tooLittle = tooLittleSpace(options, directory, existing);
      if (tooLittle != null) {
        objections.put(DiskSetting.MAXIMUM_BYTES, tooLittle);
      }
    }
    return Collections.unmodifiableMap(objections);
  }

  /** The directory, or the nearest one above it that is there. */
  private static @Nullable Path existing(Path directory) {
    Path next = directory;
    while (next != null && !Files.exists(next)) {
      next = next.getParent();
    }
    return next;
  }

  private static @Nullable String wrongWith(Path existing) {
    if (!Files.isDirectory(existing)) {
      return " is no directory";
    }
    return Files.isWritable(existing)
        ? null
        : " must not be written to by the user " + System.getProperty("user.name");
  }

  private static @Nullable String tooLittleSpace(
      DiskOptions options, Path directory, Path existing) {
    try {
      long free = Files.getFileStore(existing).getUsableSpace();
      long there = existing.equals(directory) ? bytesIn(directory) : 0;
      return options.maximumBytes() <= free + there
          ? null
          : "maximumBytes must be at most the "
              + SizeText.format((free + there) >> 20 << 20)
              + " that are free in \""
              + options.directory()
              + "\" or taken by Larder already: \""
              + SizeText.format(options.maximumBytes())
              + "\"";
    } catch (IOException unknown) {
      return null; // then it is found out when it is full: nothing breaks
    }
  }

  private static long bytesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory, /* maxDepth= */ 2)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
