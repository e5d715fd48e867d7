package io.larder.runtime.disk;

import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link StoreOpening}s, one each time that the files are opened, on the thread that opens
 * them. What that needs is loaded there: who makes the store is a thread of the application, which
 * is starting.
 */
final class Openings {

  private final DiskSettings settings;
  private final EnvelopeFormat format;
  private final Clock clock;
  private final StoreTime time;
  private final Numbering numbering;
  private final Tombstones tombstones;
  private final @Nullable BootId boot;
  private final @Nullable SegmentFiles files;

  /** See {@link DiskStore#open}. */
  Openings(
      DiskSettings settings,
      EnvelopeFormat format,
      Clock clock,
      StoreTime time,
      Numbering numbering,
      Tombstones tombstones,
      @Nullable BootId boot,
      @Nullable SegmentFiles files) {
    this.settings = settings;
    this.format = format;
    this.clock = clock;
    this.time = time;
    this.numbering = numbering;
    this.tombstones = tombstones;
    this.boot = boot;
    this.files = files;
  }

  /** The next one, told to those who look after the files. */
  StoreOpening next(DiskEvents events) {
    return new StoreOpening(
        settings,
        format,
        clock,
        time,
        numbering,
        tombstones,
        events,
        Objects.requireNonNullElseGet(boot, BootId::current),
        Objects.requireNonNullElse(files, RecordFile::create));
  }
}
