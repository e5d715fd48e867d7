package io.larder.runtime.codec;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;

/** The classes of {@code java.time} in keys. */
final class TimeKeys {

  /** By class, but for the one of named zones, which is not public. */
  static final Map<Class<?>, KeyEncoding> ENCODINGS =
      Map.ofEntries(
          Map.entry(Instant.class, (value, out) -> write((Instant) value, out)),
          Map.entry(Duration.class, (value, out) -> write((Duration) value, out)),
          Map.entry(Period.class, (value, out) -> write((Period) value, out)),
          Map.entry(LocalDate.class, (value, out) -> write((LocalDate) value, out)),
          Map.entry(LocalTime.class, (value, out) -> write((LocalTime) value, out)),
          Map.entry(LocalDateTime.class, (value, out) -> write((LocalDateTime) value, out)),
          Map.entry(OffsetTime.class, (value, out) -> write((OffsetTime) value, out)),
          Map.entry(OffsetDateTime.class, (value, out) -> write((OffsetDateTime) value, out)),
          Map.entry(ZonedDateTime.class, (value, out) -> write((ZonedDateTime) value, out)),
          Map.entry(Year.class, (value, out) -> write((Year) value, out)),
          Map.entry(YearMonth.class, (value, out) -> write((YearMonth) value, out)),
          Map.entry(MonthDay.class, (value, out) -> write((MonthDay) value, out)),
          Map.entry(ZoneOffset.class, (value, out) -> writeZone((ZoneOffset) value, out)));

  private TimeKeys() {}

  private static void write(Instant value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.INSTANT);
    out.writeLong(value.getEpochSecond());
    out.writeInt(value.getNano());
  }

  private static void write(Duration value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.DURATION);
    out.writeLong(value.getSeconds());
    out.writeInt(value.getNano());
  }

  private static void write(Period value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.PERIOD);
    out.writeInt(value.getYears());
    out.writeInt(value.getMonths());
    out.writeInt(value.getDays());
  }

  private static void write(LocalDate value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.LOCAL_DATE);
    out.writeLong(value.toEpochDay());
  }

  private static void write(LocalTime value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.LOCAL_TIME);
    out.writeLong(value.toNanoOfDay());
  }

  private static void write(LocalDateTime value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.LOCAL_DATE_TIME);
    write(value.toLocalDate(), out);
    write(value.toLocalTime(), out);
  }

  private static void write(OffsetTime value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.OFFSET_TIME);
    write(value.toLocalTime(), out);
    writeZone(value.getOffset(), out);
  }

  private static void write(OffsetDateTime value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.OFFSET_DATE_TIME);
    write(value.toLocalDateTime(), out);
    writeZone(value.getOffset(), out);
  }

  private static void write(ZonedDateTime value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.ZONED_DATE_TIME);
    write(value.toLocalDateTime(), out);
    writeZone(value.getOffset(), out); // tells the two hours apart when clocks are put back
    writeZone(value.getZone(), out);
  }

  private static void write(Year value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.YEAR);
    out.writeInt(value.getValue());
  }

  private static void write(YearMonth value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.YEAR_MONTH);
    out.writeInt(value.getYear());
    out.writeInt(value.getMonthValue());
  }

  private static void write(MonthDay value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.MONTH_DAY);
    out.writeInt(value.getMonthValue());
    out.writeInt(value.getDayOfMonth());
  }

  static void writeZone(ZoneId value, KeyBytes out) throws NotStorableException {
    if (value instanceof ZoneOffset offset) {
      out.writeByte(KeyTag.ZONE_OFFSET);
      out.writeInt(offset.getTotalSeconds());
    } else {
      out.writeByte(KeyTag.ZONE_REGION);
      out.writeText(value.getId());
    }
  }
}
