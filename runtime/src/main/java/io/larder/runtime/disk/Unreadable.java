package io.larder.runtime.disk;

import io.larder.runtime.logging.Log;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;

/** A segment's file that cannot be opened, and what becomes of it. */
final class Unreadable {

  private static final Logger logger = Log.logger(Unreadable.class);

  private static final String BAD = ".bad-";

  /** Where the first record's number can be: MapDB's header and the link behind it end there. */
  private static final long RECORDS_AT = 32_872;

  private final Path file;
  private final boolean halfMade;

  private Unreadable(Path file, boolean halfMade) {
    this.file = file;
    this.halfMade = halfMade;
  }

  /**
   * Looks what it is.
   *
   * @param wasClean whether the files were closed, so that none can have been left half made
   */
  static Unreadable of(Path file, boolean wasClean) throws IOException {
    return new Unreadable(file, !wasClean && isHalfMade(file));
  }

  /**
   * Whether its JVM was killed while it made it. MapDB fills a new file with zeros, and only when
   * it is as long as it has to be it writes the header: a shorter one has nothing but zeros in it,
   * and none has anything behind its header.
   */
  private static boolean isHalfMade(Path file) throws IOException {
    boolean asLong = Files.size(file) >= SegmentPlan.PAGE;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      if (asLong) {
        in.skipNBytes(RECORDS_AT);
      }
      int next = in.read();
      while (next == 0) {
        next = in.read();
      }
      return next < 0;
    }
  }

  /**
   * Deletes it if nothing can have been in it, else puts it aside for whoever wants to know what
   * became of it; the last one only. Answers what was done, for people.
   */
  String away(StorePlace place, SegmentName name, long nowMillis) throws IOException {
    if (halfMade) {
      Files.delete(file);
      logger.info("Disk tier: {} is deleted, the JVM before was killed while it made it", name);
      return "deleted " + name + ", which was only half made";
    }
    for (Path each : place.files()) {
      if (each.getFileName().toString().contains(BAD)) {
        Files.delete(each);
      }
    }
    String bad = name + BAD + nowMillis;
    Files.move(file, place.file(bad));
    logger.warn("Disk tier: {} cannot be read and is put aside as {}", name, bad);
    return "put aside " + bad + ", which cannot be read";
  }
}
