package io.larder.runtime.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
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

  private final Path directory;
  private final FileChannel channel;

  /** Held until the channel is closed. */
  @SuppressWarnings("unused")
  private final FileLock lock;

  private StorePlace(Path directory, FileChannel channel, FileLock lock) {
    this.directory = directory;
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
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new StorePlace(directory, channel, lock);
      }
    } catch (OverlappingFileLockException here) {
      // Another store of this JVM has it.
    } catch (IOException | RuntimeException | Error failed) {
      channel.close();
      throw failed;
    }
    channel.close();
    return null;
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
    channel.close();
  }
}
