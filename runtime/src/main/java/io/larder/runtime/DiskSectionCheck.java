package io.larder.runtime;

import io.larder.runtime.policy.DiskOptions;
import io.larder.runtime.policy.DiskSetting;
import io.larder.runtime.policy.SizeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Objections<DiskSetting> objections = new Objections<>(DiskSetting.class);
    String text = options.directory();
    Path path =
        text == null // it may be said by a system property or the environment
            ? null
            : objections.path(DiskSetting.DIRECTORY, text, "a directory");
    if (path != null) {
      look(options, path.toAbsolutePath().normalize(), objections);
    }
    return objections.all();
  }

  private static void look(
      DiskOptions options, Path directory, Objections<DiskSetting> objections) {
    Path existing = existing(directory);
    String wrong = existing == null ? " has no root on this machine" : wrongWith(existing);
    if (wrong != null) {
      objections.add(
          DiskSetting.DIRECTORY,
          Objections.quoted(DiskSetting.DIRECTORY, options.directory())
              + (existing == null || existing.equals(directory) ? "" : ": \"" + existing + "\"")
              + wrong
              + ": it must be a directory that the application can write to, or one that it can"
              + " make");
    } else if (existing != null) {
      String tooLittle = tooLittleSpace(options, directory, existing);
      if (tooLittle != null) {
        objections.add(DiskSetting.MAXIMUM_BYTES, tooLittle);
      }
    }
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
    return Files.isWritable(existing) ? null : Objections.forbidden("written to");
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
