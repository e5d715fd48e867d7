package io.larder.runtime.codec;

import io.larder.runtime.codec.DamagedEntryException.Reason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Byte arrays as they are, after one byte that tells them from {@code null}. */
final class RawBytesCodec implements ValueCodec {

  static final byte ID = 2;

  private static final byte NULL = 0;
  private static final byte BYTES = 1;

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
    if (!(value instanceof byte[] bytes)) {
      throw new NotStorableException("The codec bytes stores byte arrays, no " + Names.of(value));
    }
    byte[] encoded = new byte[1 + bytes.length];
    encoded[0] = BYTES;
    System.arraycopy(bytes, 0, encoded, 1, bytes.length);
    return encoded;
  }

  @Override
  public byte @Nullable [] decode(byte[] payload) throws DamagedEntryException {
    if (payload.length == 1 && payload[0] == NULL) {
      return null;
    }
    if (payload.length == 0 || payload[0] != BYTES) {
      throw new DamagedEntryException(Reason.VALUE, "neither null nor bytes");
    }
    return Arrays.copyOfRange(payload, 1, payload.length);
  }
}
