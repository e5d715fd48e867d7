package io.larder.benchmarks.questions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory of this launch, without Larder. */
final class RawDisk {

  private RawDisk() {}

  /** A directory for a contestant, beside the one that Larder was told. */
  static Path directory(String contestant) {
    try {
      return Files.createDirectories(
          Path.of(System.getProperty("larder.disk.directory", "")).resolveSibling(contestant));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
