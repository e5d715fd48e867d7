package io.larder.runtime.shared;

import io.larder.runtime.codec.DamagedEntryException;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.ValueCodec;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Text and {@code null} as bytes, in one of several shapes. Refuses all else.
 *
 * @param fingerprint the shape
 */
record TextCodec(long fingerprint) implements ValueCodec {

  static final TextCodec ONE = new TextCodec(1);

  @Override
  public byte id() {
    return 77;
  }

  @Override
  public byte[] encode(@Nullable Object value) throws NotStorableException {
    if (value == null) {
      return new byte[0];
    }
    if (!(value instanceof String text)) {
      throw new NotStorableException("not a text: " + value.getClass().getName());
    }
    return ("=" + text).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public @Nullable Object decode(byte[] payload) throws DamagedEntryException {
    if (payload.length > 0 && payload[0] != '=') {
      throw new DamagedEntryException(DamagedEntryException.Reason.VALUE, "not a text");
    }
    return payload.length == 0 ? null : new String(payload, StandardCharsets.UTF_8).substring(1);
  }
}
