package io.larder.runtime.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mapdb.DBException;
import org.mapdb.StoreDirect;
import org.mapdb.volume.MappedFileVol;

/**
 * A file of records that are only ever added, as a store of MapDB's mapped into memory. One thread
 * appends, any may read what {@link #append} returned: MapDB's locks are off, as a record is
 * complete before anybody knows its number, and none is changed or removed.
 */
class RecordFile implements AutoCloseable {

  /** The largest entry, so that a damaged length does not take all memory. */
  private static final int MAX_ENTRY = 64 << 20;

  private static final int NO_LOCK_WAIT = 0;

  private final StoreDirect store;

  /** Of a file that is only read, whatever it says of itself; -1 if it is written. */
  private final long readBytes;

  RecordFile(StoreDirect store, long readBytes) {
    this.store = store;
    this.readBytes = readBytes;
  }

  /**
   * A new file.
   *
   * @param increment by how many bytes it grows, a power of two
   */
  static RecordFile create(Path file, long increment) {
    return new RecordFile(open(file, increment, /* readOnly= */ false, /* bypass= */ false), -1);
  }

  /**
   * A file to read.
   *
   * @param bypass whether it may have been left without its header's checksum
   */
  static RecordFile openToRead(Path file, boolean bypass) throws IOException {
    long bytes = Files.size(file);
    return new RecordFile(open(file, 1 << 20, /* readOnly= */ true, bypass), bytes);
  }

  /** MapDB's store in a file. */
  static StoreDirect open(Path file, long increment, boolean readOnly, boolean bypass) {
    return StoreDirect.Companion.make(
        file.toString(),
        MappedFileVol.FACTORY,
        NO_LOCK_WAIT,
        readOnly,
        /* isThreadSafe= */ false,
        /* concShift= */ 0,
        increment,
        /* allocateStartSize= */ 0,
        /* fileDeleteAfterClose= */ false,
        /* fileDeleteAfterOpen= */ false,
        /* checksum= */ false,
        /* checksumHeader= */ true,
        bypass);
  }

  /** Adds an entry; answers the number of its record. */
  long append(StoredRecord entry) {
    if (entry.bytes.length <= StoredRecord.MAX_BYTES) {
      return store.put(entry, RecordSerializer.INSTANCE);
    }
    byte[] all = entry.bytes;
    int parts = (all.length + StoredRecord.MAX_BYTES - 1) / StoredRecord.MAX_BYTES;
    ByteBuffer list = ByteBuffer.allocate(Integer.BYTES + parts * Long.BYTES).putInt(all.length);
    for (int at = 0; at < all.length; at += StoredRecord.MAX_BYTES) {
      byte[] bytes = new byte[Math.min(StoredRecord.MAX_BYTES, all.length - at)];
      System.arraycopy(all, at, bytes, 0, bytes.length);
      list.putLong(
          store.put(
              new StoredRecord(StoredRecord.PART, 0, 0, 0, bytes), RecordSerializer.INSTANCE));
    }
    return store.put(
        new StoredRecord(
            StoredRecord.SPLIT, entry.cacheMark, entry.groupMark, entry.clock, list.array()),
        RecordSerializer.INSTANCE);
  }

  /**
   * The entry in a record; {@code null} if it holds none, as a part does.
   *
   * @throws IOException if it is damaged
   */
  @Nullable StoredRecord read(long record) throws IOException {
    StoredRecord found = readRaw(record);
    return switch (found.kind) {
      case StoredRecord.WHOLE -> found;
      case StoredRecord.SPLIT -> join(found);
      default -> null;
    };
  }

  private StoredRecord join(StoredRecord head) throws IOException {
    ByteBuffer list = ByteBuffer.wrap(head.bytes);
    int parts = (head.bytes.length - Integer.BYTES) / Long.BYTES;
    int length = head.bytes.length < Integer.BYTES ? -1 : list.getInt();
    if (length < 0 || length > MAX_ENTRY || length > parts * (long) StoredRecord.MAX_BYTES) {
      throw new DamagedFileException("an entry of a length that cannot be");
    }
    byte[] all = new byte[length];
    int at = 0;
    for (int i = 0; i < parts; i++) {
      byte[] part = readRaw(list.getLong()).bytes;
      if (part.length > length - at) {
        throw new DamagedFileException("an entry whose parts are too long");
      }
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return new StoredRecord(StoredRecord.WHOLE, head.cacheMark, head.groupMark, head.clock, all);
  }

  private StoredRecord readRaw(long record) throws IOException {
    StoredRecord found;
    try {
      found = store.get(record, RecordSerializer.INSTANCE);
    } catch (DBException damaged) {
      if (damaged.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw damaged;
    }
    if (found == null) {
      throw new DamagedFileException("a record that is not there");
    }
    return found;
  }

  /** Writes all to the disk itself, with a header that says it is complete. */
  void force() {
    store.commit();
  }

  /** Bytes of the file that are in use. */
  long bytes() {
    return readBytes < 0 ? store.getTotalSize() : readBytes;
  }

  @Override
  public void close() {
    store.close();
  }
}
