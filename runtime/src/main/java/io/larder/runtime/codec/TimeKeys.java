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
import org.jspecify.annotations.Nullable;

/** The classes of {@code java.time} in keys. */
final class TimeKeys {

  private TimeKeys() {}

  /** As {@link ScalarKeys#of}; without named zones, whose class is not public. */
  static @Nullable KeyEncoding of(Class<?> type) {
    return switch (type.getName()) {
      case "java.time.Instant" -> (value, out) -> write((Instant) value, out);
      case "java.time.Duration" -> (value, out) -> write((Duration) value, out);
      case "java.time.Period" -> (value, out) -> write((Period) value, out);
      case "java.time.LocalDate" -> (value, out) -> write((LocalDate) value, out);
      case "java.time.LocalTime" -> (value, out) -> write((LocalTime) value, out);
      case "java.time.LocalDateTime" -> (value, out) -> write((LocalDateTime) value, out);
      case "java.time.OffsetTime" -> (value, out) -> write((OffsetTime) value, out);
      case "java.time.OffsetDateTime" -> (value, out) -> write((OffsetDateTime) value, out);
      case "java.time.ZonedDateTime" -> (value, out) -> write((ZonedDateTime) value, out);
      case "java.time.Year" -> (value, out) -> write((Year) value, out);
      case "java.time.YearMonth" -> (value, out) -> write((YearMonth) value, out);
      case "java.time.MonthDay" -> (value, out) -> write((MonthDay) value, out);
      case "java.time.ZoneOffset" -> (value, out) -> writeZone((ZoneOffset) value, out);
      default -> null;
    };
  }

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
