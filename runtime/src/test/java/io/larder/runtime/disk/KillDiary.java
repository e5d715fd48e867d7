package io.larder.runtime.disk;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a JVM that will be killed did to each key, in mapped memory: it holds when the JVM is gone.
 * Each key is written by one thread, and has versions of its value.
 */
final class KillDiary {

  private static final int KEY = 32;

  private final MappedByteBuffer memory;
  private final int keys;

  KillDiary(Path file, int keys) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      this.memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) keys * KEY);
      this.keys = keys;
    }
  }

  int keys() {
    return keys;
  }

  /** The last version that may have been stored. */
  long begun(int key) {
    return memory.getLong(key * KEY);
  }

  void begin(int key, long version) {
    memory.putLong(key * KEY, version);
  }

  /** The last version of which it was said that it is stored; 0 if that does not hold any more. */
  long stored(int key) {
    return memory.getLong(key * KEY + 8);
  }

  void stored(int key, long version) {
    memory.putLong(key * KEY + 8, version);
  }

  /** Up to this version all may be gone. */
  long invalidating(int key) {
    return memory.getLong(key * KEY + 16);
  }

  /** An invalidation begins, of all that was stored up to now. */
  void invalidating(int key, long version) {
    memory.putLong(key * KEY + 16, version);
  }

  /** Up to this version all has to be gone. */
  long invalidated(int key) {
    return memory.getLong(key * KEY + 24);
  }

  /** An invalidation returned. */
  void invalidated(int key, long version) {
    memory.putLong(key * KEY + 24, version);
  }
}
