package io.larder.runtime.disk;

import java.io.IOException;
import org.mapdb.DataInput2;
import org.mapdb.DataOutput2;
import org.mapdb.Serializer;

/** Records as MapDB has them written and read. */
final class RecordSerializer implements Serializer<StoredRecord> {

  static final RecordSerializer INSTANCE = new RecordSerializer();

  private RecordSerializer() {}

  @Override
  public void serialize(DataOutput2 out, StoredRecord record) throws IOException {
    out.writeInt(record.kind);
    out.writeLong(record.cacheMark);
    out.writeLong(record.groupMark);
    out.writeLong(record.clock);
    out.writeInt(record.check());
    out.write(record.bytes);
  }

  /** Takes no more memory than MapDB's largest record, 64 KiB, whatever the bytes are. */
  @Override
  public StoredRecord deserialize(DataInput2 in, int available) throws IOException {
    if (available < StoredRecord.PREFIX) {
      throw new DamagedFileException("a record that is too short");
    }
    int kind = in.readInt();
    long cacheMark = in.readLong();
    long groupMark = in.readLong();
    long clock = in.readLong();
    int check = in.readInt();
    byte[] bytes = new byte[available - StoredRecord.PREFIX];
    in.readFully(bytes);
    StoredRecord record = new StoredRecord(kind, cacheMark, groupMark, clock, bytes);
    if (check != record.check()) {
      throw new DamagedFileException("a record that was changed");
    }
    return record;
  }
}
