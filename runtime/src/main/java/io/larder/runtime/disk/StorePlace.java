package io.larder.runtime.disk;

import static io.larder.runtime.disk.StoreHeader.Field.LAST_SEEN_MILLIS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory that one JVM has for itself as long as it lives: the first of a few in the
 * configured one that no other JVM holds.
 */
final class StorePlace implements AutoCloseable {

  /** JVMs that may use one directory at a time. */
  static final int MOST = 8;

  private static final String LOCK = ".lock";

  /** Those of this JVM. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;

  /** What the names of all places of the application begin with. */
  private final String start;

  private final FileChannel channel;

  /** Held until the channel is closed. */
  @SuppressWarnings("unused")
  private final FileLock lock;

  private StorePlace(Path directory, FileChannel channel, FileLock lock) {
    this.directory = directory;
    String name = directory.getFileName().toString();
    this.start = name.substring(0, name.lastIndexOf('-') + 1);
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes a place.
   *
   * @throws IOException if there is none, with a reason for an operator
   */
  static StorePlace take(Path configured, String application) throws IOException {
    if (Files.exists(configured) && !Files.isDirectory(configured)) {
      throw new IOException(
          configured + " is not a directory; name one for the disk tier that is, or none");
    }
    Files.createDirectories(configured);
    String start = "jvm-" + Integer.toHexString((int) Marks.cache(application)) + "-";
    for (int number = 1; number <= MOST; number++) {
      Path directory = configured.resolve(start + number);
      Files.createDirectories(directory);
      StorePlace place = tryTake(directory);
      if (place != null) {
        return place;
      }
    }
    throw new IOException(
        MOST
            + " JVMs of this application use "
            + configured
            + " already; give this one another directory");
  }

  private static @Nullable StorePlace tryTake(Path directory) throws IOException {
    if (!HELD.add(directory)) { // by another store of this JVM: to open the file and close it again
      return null; // would drop its lock, as these belong to processes
    }
    StorePlace place = null;
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      place = lock == null ? null : new StorePlace(directory, channel, lock);
      return place;
    } finally {
      if (place == null) {
        HELD.remove(directory);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  /** When a JVM was last in another place of the application, by its clock; 0 if none was. */
  long siblingsSeen() throws IOException {
    long seen = 0;
    for (int number = 1; number <= MOST; number++) {
      Path other = directory.resolveSibling(start + number);
      if (!other.equals(directory) && Files.isDirectory(other)) {
        StoreHeader header = StoreHeader.open(other.resolve(StoreOpening.HEADER));
        seen = Math.max(seen, header == null ? 0 : header.get(LAST_SEEN_MILLIS));
      }
    }
    return seen;
  }

  Path directory() {
    return directory;
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** All files but the lock. */
  List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(each -> !each.endsWith(LOCK)).toList();
    }
  }

  /** Deletes all files but the lock. */
  void empty() throws IOException {
    for (Path each : files()) {
      Files.delete(each);
    }
  }

  /** What all files take. */
  long bytes() throws IOException {
    long bytes = 0;
    for (Path each : files()) {
      try {
        bytes += Files.size(each);
      } catch (NoSuchFileException gone) {
        // It was deleted meanwhile.
      }
    }
    return bytes;
  }

  /** {@link #bytes}, or 0 if they cannot be listed. */
  long bytesOrZero() {
    try {
      return bytes();
    } catch (IOException gone) {
      return 0;
    }
  }

  /** What the file system has left; -1 if it does not say. */
  long freeBytes() {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException gone) {
      return -1;
    }
  }

  /** Has the list of files on the disk itself, where that can be. */
  void force() {
    try (FileChannel list = FileChannel.open(directory, StandardOpenOption.READ)) {
      list.force(/* metaData= */ true);
    } catch (IOException notHere) {
      // Windows opens no directory.
    }
  }

  /** Lets others have it. */
  @Override
  public void close() throws IOException {
    HELD.remove(directory);
    channel.close();
  }
}
