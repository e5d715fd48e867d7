package io.larder.runtime.disk;

import io.larder.runtime.codec.DamagedEntryException;
import io.larder.runtime.codec.Envelope;
import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.codec.EnvelopeHeader;
import io.larder.runtime.codec.KeyHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.mapdb.DBException;

/**
 * Finds again what is in a segment whose writer was killed: goes through its records by their
 * number, which needs none of what may be half written, and takes those whose checksums are right.
 * The file stays as it is and is only read from then on.
 */
final class Salvage {

  /** So many records in a row that are not there are the end: more than a page of numbers. */
  private static final int END = 2_000;

  private final EnvelopeFormat format;
  private final BooleanSupplier isOver;
  private long entries;
  private long damaged;
  private boolean cut;

  /**
   * A salvage that ends in time.
   *
   * @param isOver whether it is time; what was not read by then is given up
   */
  Salvage(EnvelopeFormat format, BooleanSupplier isOver) {
    this.format = format;
    this.isOver = isOver;
  }

  /** The segment with what was found. */
  Segment read(SegmentName name, Path file, RecordFile records) {
    Segment found = new Segment(name, file, records, new SegmentIndex(), new Filter());
    int missing = 0;
    for (long record = 1; missing < END; record++) {
      if (isOver.getAsBoolean()) {
        cut = true;
        return found;
      }
      try {
        StoredRecord entry = found.read(record);
        missing = 0;
        if (entry != null) {
          take(found, record, entry);
        }
      } catch (DBException notThere) {
        missing++;
      } catch (IOException | DamagedEntryException | RuntimeException wrong) {
        missing++;
        damaged++;
      }
    }
    return found;
  }

  private void take(Segment found, long record, StoredRecord entry) throws DamagedEntryException {
    KeyHash identity = EnvelopeHeader.identityIn(entry.bytes);
    EnvelopeHeader header = EnvelopeHeader.read(identity, entry.bytes);
    Envelope.check(header, entry.bytes, format);
    long mark = Marks.entry(entry.cacheMark, identity);
    found.announce(mark, entry, Marks.ofTags(entry.cacheMark, header.tags()));
    found.note(mark, entry, record);
    entries++;
  }

  /** Records that were found, also those that newer ones replaced. */
  long entries() {
    return entries;
  }

  /** Records that are not what was written. */
  long damaged() {
    return damaged;
  }

  /** Whether the time was too short. */
  boolean isCut() {
    return cut;
  }
}
