package io.larder.runtime.disk;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A page that says what a store's files are worth: mapped, so that what was set survives a crash of
 * the JVM. Each field is one number of 48 bits with a check of 16, written at once, in two copies.
 * Thread-safe.
 */
final class StoreHeader {

  /** What the files are worth; of two copies that differ the smaller holds. */
  static final long VOID = 0;

  static final long OPEN = 1;
  static final long CLEAN = 2;

  /** The most that a field holds. */
  static final long MOST = (1L << 48) - 1;

  private static final long FORMAT = 0x4C61726465720001L;
  private static final int BYTES = 4096;
  private static final int COPY = BYTES / 2;
  private static final int FIELDS_AT = 64;

  /** What there is to know, each in its place. */
  enum Field {
    STATE(0),
    OPENING(1),
    LAST_SEEN_MILLIS(2),
    LOG(3),
    CLOSED_MILLIS(4);

    private final int place;

    Field(int place) {
      this.place = place;
    }
  }

  private final MappedByteBuffer page;
  private final long id;

  /** Whether what is invalidated is noted from now on. Guarded by this, as the next. */
  private boolean isOpen;

  /** Whether something was invalidated that these files will never say. */
  private boolean isLost;

  private StoreHeader(MappedByteBuffer page, long id) {
    this.page = page;
    this.id = id;
  }

  /** A new page; the store counts as void. */
  static StoreHeader create(Path file, long id) throws IOException {
    MappedByteBuffer page = ZeroFile.map(file, BYTES);
    StoreHeader header = new StoreHeader(page, id);
    for (int copy = 0; copy < BYTES; copy += COPY) {
      page.putLong(copy, FORMAT).putLong(copy + 8, id).putLong(copy + 16, checkOf(id));
    }
    for (Field field : Field.values()) {
      header.set(field, 0);
    }
    return header;
  }

  /** The page of a store; {@code null} if it is damaged, of another format or not there. */
  static @Nullable StoreHeader open(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) != BYTES) {
      return null;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer page = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
      for (int copy = 0; copy < BYTES; copy += COPY) {
        long id = page.getLong(copy + 8);
        if (page.getLong(copy) == FORMAT && page.getLong(copy + 16) == checkOf(id)) {
          return new StoreHeader(page, id);
        }
      }
      return null;
    }
  }

  private static long checkOf(long id) {
    return Marks.mix(FORMAT, id, 0);
  }

  /** Random, the same as long as the files belong together. */
  long id() {
    return id;
  }

  void set(Field field, long value) {
    if (value < 0 || value > MOST) {
      throw new IllegalArgumentException(field + " cannot be " + value);
    }
    long checked = value << 16 | check(field, value);
    page.putLong(at(field), checked).putLong(COPY + at(field), checked);
  }

  /** What is invalidated is noted from now on; what is there counts, unless all is lost. */
  synchronized void markOpen() {
    isOpen = true;
    setUnlessLost(OPEN);
  }

  /** All is whole, and on the disk itself. */
  synchronized void markClean() {
    setUnlessLost(CLEAN);
  }

  private void setUnlessLost(long state) {
    if (!isLost) {
      set(Field.STATE, state);
    }
  }

  /** Nobody is waited for: as long as these files are being opened, nothing of them counts. */
  synchronized void voidUnlessOpen() {
    if (!isOpen) {
      set(Field.STATE, VOID);
    }
  }

  /** Nothing of these files counts ever again, for whoever opens them next. */
  synchronized void voidAll() {
    isLost = true;
    set(Field.STATE, VOID);
  }

  /** What a field was set to; -1 if it is damaged. */
  long get(Field field) {
    long one = value(field, page.getLong(at(field)));
    long other = value(field, page.getLong(COPY + at(field)));
    if (one < 0 || other < 0) {
      return Math.max(one, other);
    }
    return field == Field.STATE ? Math.min(one, other) : Math.max(one, other);
  }

  private static int at(Field field) {
    return FIELDS_AT + field.place * Long.BYTES;
  }

  private long value(Field field, long checked) {
    long value = checked >>> 16;
    return (checked & 0xFFFF) == check(field, value) ? value : -1;
  }

  private long check(Field field, long value) {
    return Marks.mix(id, field.place + 1L, value) & 0xFFFF;
  }

  /** Whether it was last open in the kernel's present life; then nothing written is lost. */
  boolean isOfBoot(BootId boot) {
    return boot.isKnown()
        && page.getLong(32) == boot.high()
        && page.getLong(40) == boot.low()
        && page.getLong(48) == Marks.mix(id, boot.high(), boot.low());
  }

  void setBoot(BootId boot) {
    page.putLong(32, boot.high()).putLong(40, boot.low());
    page.putLong(48, Marks.mix(id, boot.high(), boot.low()));
  }

  /** Has it on the disk itself. */
  void force() {
    page.force();
  }
}
