package io.larder.runtime.codec;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import org.apache.fory.Fory;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.resolver.ClassResolver;
import org.apache.fory.serializer.ImmutableSerializer;
import org.apache.fory.serializer.Shareable;

/** Values of one class as texts, where Fory itself loses a part of them or does not know them. */
final class ForyTextSerializer<T> extends ImmutableSerializer<T> implements Shareable {

  /** A class's texts. */
  interface Format<T> {

    String write(T value);

    /**
     * The value again.
     *
     * @throws RuntimeException if the text, which is untrusted, is none
     */
    T read(String text);
  }

  /** Fory's own leaves out the script and the extensions. */
  private static final Format<Locale> LOCALES =
      new Format<>() {
        @Override
        public String write(Locale value) {
          String text = LocaleText.of(value);
          if (!read(text).equals(value)) {
            throw new NotAllowedException("java.util.Locale with an ill-formed variant");
          }
          return text;
        }

        @Override
        public Locale read(String text) {
          return LocaleText.parse(text);
        }
      };

  private static final Format<ZoneId> ZONES =
      new Format<>() {
        @Override
        public String write(ZoneId value) {
          return value.getId();
        }

        @Override
        public ZoneId read(String text) {
          return ZoneId.of(text);
        }
      };

  private static final Format<ZonedDateTime> TIMES =
      new Format<>() {
        @Override
        public String write(ZonedDateTime value) {
          return value.toLocalDateTime() + " " + value.getOffset() + " " + value.getZone().getId();
        }

        @Override
        public ZonedDateTime read(String text) {
          String[] parts = text.split(" ", -1);
          return ZonedDateTime.ofInstant(
              LocalDateTime.parse(parts[0]), ZoneOffset.of(parts[1]), ZoneId.of(parts[2]));
        }
      };

  private final Format<T> format;

  private ForyTextSerializer(Fory fory, Class<T> type, Format<T> format) {
    super(fory.getTypeResolver().getConfig(), type);
    this.format = format;
  }

  /** Brings in those that there are. */
  static void register(Fory fory, ClassResolver resolver) {
    resolver.registerInternalSerializer(
        Locale.class, new ForyTextSerializer<>(fory, Locale.class, LOCALES));
    // Fory's own loses the offset where the clocks go back, and with it the instant.
    resolver.registerInternalSerializer(
        ZonedDateTime.class, new ForyTextSerializer<>(fory, ZonedDateTime.class, TIMES));
    @SuppressWarnings("unchecked") // a class that is not public
    Class<ZoneId> regions = (Class<ZoneId>) ZoneId.of("Europe/Berlin").getClass();
    fory.register(regions, "java.time", "ZoneRegion");
    fory.registerSerializer(regions, new ForyTextSerializer<>(fory, regions, ZONES));
  }

  @Override
  public void write(WriteContext context, T value) {
    context.writeString(format.write(value));
  }

  @Override
  public T read(ReadContext context) {
    return format.read(context.readString());
  }
}
