package io.larder.runtime.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The JDK's values that hold no others in keys: numbers, texts and the like. */
final class ScalarKeys {

  private ScalarKeys() {}

  /**
   * That of exactly this class; {@code null} if it is none of these. By name, as the JDK's cannot
   * be another's: of a table each would be made at the first key, which an application waits for.
   */
  static @Nullable KeyEncoding of(Class<?> type) {
    return switch (type.getName()) {
      case "java.lang.Boolean" ->
          (value, out) -> out.writeByte((Boolean) value ? KeyTag.TRUE : KeyTag.FALSE);
      case "java.lang.Byte" -> (value, out) -> write((Byte) value, out);
      case "java.lang.Short" -> (value, out) -> write((Short) value, out);
      case "java.lang.Character" -> (value, out) -> write((Character) value, out);
      case "java.lang.Integer" -> (value, out) -> write((Integer) value, out);
      case "java.lang.Long" -> (value, out) -> write((Long) value, out);
      case "java.lang.Float" -> (value, out) -> write((Float) value, out);
      case "java.lang.Double" -> (value, out) -> write((Double) value, out);
      case "java.lang.String" -> (value, out) -> write((String) value, out);
      case "java.math.BigInteger" -> (value, out) -> write((BigInteger) value, out);
      case "java.math.BigDecimal" -> (value, out) -> write((BigDecimal) value, out);
      case "java.util.UUID" -> (value, out) -> write((UUID) value, out);
      case "java.util.Locale" -> (value, out) -> write((Locale) value, out);
      case "java.util.Currency" -> (value, out) -> write((Currency) value, out);
      case "java.net.URI" -> (value, out) -> write((URI) value, out);
      case "java.util.Date" -> (value, out) -> write((Date) value, out);
      case "java.util.OptionalInt" -> (value, out) -> write((OptionalInt) value, out);
      case "java.util.OptionalLong" -> (value, out) -> write((OptionalLong) value, out);
      case "java.util.OptionalDouble" -> (value, out) -> write((OptionalDouble) value, out);
      default -> null;
    };
  }

  private static void write(byte value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.BYTE);
    out.writeByte(value);
  }

  private static void write(short value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.SHORT);
    out.writeShort(value);
  }

  private static void write(char value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.CHAR);
    out.writeShort(value);
  }

  private static void write(int value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.INT);
    out.writeInt(value);
  }

  private static void write(long value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.LONG);
    out.writeLong(value);
  }

  /** As {@code equals} has it: there is one NaN, and -0.0 is not 0.0. */
  private static void write(float value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.FLOAT);
    out.writeInt(Float.floatToIntBits(value));
  }

  private static void write(double value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.DOUBLE);
    out.writeLong(Double.doubleToLongBits(value));
  }

  /** As UTF-8; one with half a surrogate pair, which that cannot hold, as it is. */
  private static void write(String value, KeyBytes out) throws NotStorableException {
    if (isWellFormed(value)) {
      out.writeByte(KeyTag.STRING);
      out.writeText(value);
    } else {
      out.writeByte(KeyTag.STRING_UTF16);
      out.writeBytes(utf16(value));
    }
  }

  private static boolean isWellFormed(String value) {
    for (int i = 0; i < value.length(); i++) {
      char unit = value.charAt(i);
      if (Character.isSurrogate(unit)) {
        boolean paired =
            Character.isHighSurrogate(unit)
                && i + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(i + 1));
        if (!paired) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** Unit by unit: the JDK's encoder for UTF-16 would replace half a pair. */
  private static byte[] utf16(String value) {
    byte[] bytes = new byte[2 * value.length()];
    for (int i = 0; i < value.length(); i++) {
      bytes[2 * i] = (byte) (value.charAt(i) >> 8);
      bytes[2 * i + 1] = (byte) value.charAt(i);
    }
    return bytes;
  }

  private static void write(BigInteger value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.BIG_INTEGER);
    out.writeBytes(value.toByteArray());
  }

  /** As {@code equals} has it: 2.0 is not 2.00. */
  private static void write(BigDecimal value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.BIG_DECIMAL);
    out.writeInt(value.scale());
    out.writeBytes(value.unscaledValue().toByteArray());
  }

  private static void write(UUID value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.UUID);
    out.writeLong(value.getMostSignificantBits());
    out.writeLong(value.getLeastSignificantBits());
  }

  /** By its parts: the language tag of an ill-formed one leaves some out. */
  private static void write(Locale value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.LOCALE);
    out.writeText(value.getLanguage());
    out.writeText(value.getScript());
    out.writeText(value.getCountry());
    out.writeText(value.getVariant());
    out.writeInt(value.getExtensionKeys().size());
    for (char key : new TreeSet<>(value.getExtensionKeys())) {
      out.writeShort(key);
      out.writeText(value.getExtension(key));
    }
  }

  private static void write(Currency value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.CURRENCY);
    out.writeText(value.getCurrencyCode());
  }

  /** The parts that {@code equals} compares, in the one spelling of all that it takes as equal. */
  private static void write(URI value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.URI);
    writePart(lowerCase(value.getScheme()), out);
    writePart(value.getRawFragment(), out);
    if (value.isOpaque()) {
      out.writeByte(0);
      writePart(value.getRawSchemeSpecificPart(), out);
      return;
    }
    out.writeByte(1);
    writePart(value.getRawPath(), out);
    writePart(value.getRawQuery(), out);
    if (value.getHost() != null) {
      out.writeByte(1);
      writePart(value.getRawUserInfo(), out);
      writePart(lowerCase(value.getHost()), out);
      out.writeInt(value.getPort());
    } else {
      out.writeByte(0);
      writePart(value.getRawAuthority(), out);
    }
  }

  private static @Nullable String lowerCase(@Nullable String value) {
    return value == null ? null : value.toLowerCase(Locale.ROOT);
  }

  /** With the digits of escapes in capitals: the case of those is no difference. */
  private static void writePart(@Nullable String part, KeyBytes out) throws NotStorableException {
    if (part == null) {
      out.writeInt(-1);
      return;
    }
    StringBuilder spelled = new StringBuilder(part);
    for (int at = part.indexOf('%'); at >= 0; at = part.indexOf('%', at + 1)) {
      for (int digit = at + 1; digit <= at + 2; digit++) {
        spelled.setCharAt(digit, Character.toUpperCase(part.charAt(digit)));
      }
    }
    out.writeBytes(spelled.toString().getBytes(StandardCharsets.UTF_8));
  }

  @SuppressWarnings("JavaUtilDate") // applications have them as arguments
  private static void write(Date value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.DATE);
    out.writeLong(value.getTime());
  }

  private static void write(OptionalInt value, KeyBytes out) throws NotStorableException {
    out.writeByte(value.isPresent() ? KeyTag.OPTIONAL_INT : KeyTag.OPTIONAL_INT_EMPTY);
    if (value.isPresent()) {
      out.writeInt(value.getAsInt());
    }
  }

  private static void write(OptionalLong value, KeyBytes out) throws NotStorableException {
    out.writeByte(value.isPresent() ? KeyTag.OPTIONAL_LONG : KeyTag.OPTIONAL_LONG_EMPTY);
    if (value.isPresent()) {
      out.writeLong(value.getAsLong());
    }
  }

  private static void write(OptionalDouble value, KeyBytes out) throws NotStorableException {
    out.writeByte(value.isPresent() ? KeyTag.OPTIONAL_DOUBLE : KeyTag.OPTIONAL_DOUBLE_EMPTY);
    if (value.isPresent()) {
      out.writeLong(Double.doubleToLongBits(value.getAsDouble()));
    }
  }
}
