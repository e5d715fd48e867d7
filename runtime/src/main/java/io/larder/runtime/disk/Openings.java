package io.larder.runtime.disk;

import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link StoreOpening}s, one each time that the files are opened, on the thread that opens
 * them. What that needs is loaded there: who makes the store is a thread of the application, which
 * is starting.
 *
 * @param boot of the kernel; {@code null} for the one there is
 * @param files how they are made; {@code null} for real ones
 */
record Openings(
    DiskSettings settings,
    EnvelopeFormat format,
    Clock clock,
    StoreTime time,
    Numbering numbering,
    Tombstones tombstones,
    @Nullable BootId boot,
    @Nullable SegmentFiles files) {

  /** The next one, told to those who look after the files. */
  StoreOpening next(DiskEvents events) {
    return new StoreOpening(
        this,
        events,
        Objects.requireNonNullElseGet(boot, BootId::current),
        Objects.requireNonNullElse(files, RecordFile::create));
  }
}
