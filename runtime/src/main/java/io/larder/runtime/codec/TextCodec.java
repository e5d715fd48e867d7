package io.larder.runtime.codec;

import io.larder.runtime.codec.DamagedEntryException.Reason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Strings as UTF-8, readable by any program; {@code null} as the one byte that no UTF-8 has. */
final class TextCodec implements ValueCodec {

  static final byte ID = 1;

  private static final byte NULL = (byte) 0xFF;

  @Override
  public byte id() {
    return ID;
  }

  @Override
  public long fingerprint() {
    return ID;
  }

  @Override
  public byte[] encode(@Nullable Object value) throws NotStorableException {
    if (value == null) {
      return new byte[] {NULL};
    }
    if (!(value instanceof String text)) {
      throw new NotStorableException("The codec string stores strings, no " + Names.of(value));
    }
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException half) {
      throw new NotStorableException("A string that holds half a surrogate pair is no UTF-8.");
    }
  }

  @Override
  public @Nullable Object decode(byte[] payload) throws DamagedEntryException {
    if (payload.length == 1 && payload[0] == NULL) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
    } catch (CharacterCodingException damaged) {
      throw new DamagedEntryException(Reason.VALUE, "no UTF-8");
    }
  }
}
