package io.larder.runtime.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a store while they are open. */
final class OpenStore {

  private final Path directory;
  private final Segments segments;

  private OpenStore(Path directory, Segments segments) {
    this.directory = directory;
    this.segments = segments;
  }

  static OpenStore open(
      DiskSettings settings, Tombstones tombstones, Numbering numbering, DiskEvents events)
      throws IOException {
    Path directory = settings.directory().resolve("jvm-1");
    Files.createDirectories(directory);
    try (Stream<Path> old = Files.list(directory)) {
      for (Path each : old.toList()) {
        Files.delete(each);
      }
    }
    long opening = 1;
    numbering.open(opening);
    SegmentPlan plan = SegmentPlan.of(settings.maximumBytes());
    Segments segments =
        new Segments(directory, plan, tombstones, numbering, opening, List.of(), events);
    segments.start();
    return new OpenStore(directory, segments);
  }

  Path directory() {
    return directory;
  }

  Segments segments() {
    return segments;
  }

  void close() {
    segments.all().forEach(Segment::close);
  }
}
