package io.larder.runtime.codec;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A value of Larder's own on its way to bytes and back, so that the classes of the codecs are there
 * before the application has a value: to load them takes many times as long as to use them.
 *
 * <p>The codecs of the application's types are not made ahead. That initializes its classes, in an
 * order and with a context class loader that are not its own.
 */
public final class Rehearsal implements Runnable {

  /** How long the value waits: at once the processors are needed by an application that starts. */
  private static final long PAUSE_MILLIS = 500;

  private final EnvelopeFormat format;

  /** One for entries that are written so; for a thread that nobody waits for. */
  public Rehearsal(EnvelopeFormat format) {
    this.format = format;
  }

  /** What results are mostly made of. */
  record Result(
      long id,
      boolean yes,
      double ratio,
      String text,
      BigDecimal price,
      Instant at,
      LocalDate day,
      UUID uuid,
      Optional<String> note,
      Colour colour,
      Part part,
      List<Part> parts,
      List<String> texts,
      Map<String, Integer> counts) {}

  record Part(int number, @Nullable Object any) {}

  enum Colour {
    RED
  }

  /** Does it: a key at once, as the first call needs one, the value later. Never throws. */
  @Override
  public void run() {
    try {
      KeyHash key = key();
      Thread.sleep(PAUSE_MILLIS);
      Object unused = thereAndBack(key, format);
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    } catch (NotStorableException
        | DamagedEntryException
        | RuntimeException
        | LinkageError saidByTheFirstResult) {
      // Whatever is wrong is so for results, too, and is said where it matters.
    }
  }

  static KeyHash key() throws NotStorableException {
    return KeyHash.of(KeyCodec.of(List.of(long.class, String.class)).encode(1L, "text"));
  }

  /** The value, there and back. */
  static @Nullable Object thereAndBack(KeyHash key, EnvelopeFormat format)
      throws NotStorableException, DamagedEntryException {
    ValueCodec codec =
        ValueCodecs.of(
            "fory", Rehearsal.class.getClassLoader(), Result.class, AllowedClasses.none());
    byte[] payload = codec.encode(result());
    byte[] stored =
        new Envelope(codec.id(), codec.fingerprint(), 0, 0, 0, 0, 0, List.of("tag"), payload)
            .encode(key, format);
    return codec.decode(
        Envelope.decode(EnvelopeHeader.read(key, stored), stored, format).payload());
  }

  static Result result() {
    Part part = new Part(1, /* any= */ null);
    return new Result(
        1,
        true,
        0.5,
        "a text that is long enough to be compressed. ".repeat(100),
        BigDecimal.ONE,
        Instant.EPOCH,
        LocalDate.EPOCH,
        new UUID(1, 2),
        Optional.of("note"),
        Colour.RED,
        part,
        new ArrayList<>(List.of(part, part)),
        List.of("one", "two"),
        new HashMap<>(Map.of("one", 1)));
  }
}
