package io.larder.runtime.codec;

import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * LZ4 in plain Java: neither its native library nor its way past the bounds of arrays, both of
 * which make newer JDKs print a warning. Loaded only when something is compressed so.
 */
final class Lz4 {

  private static final LZ4Compressor COMPRESSOR = LZ4Factory.safeInstance().fastCompressor();
  private static final LZ4SafeDecompressor DECOMPRESSOR =
      LZ4Factory.safeInstance().safeDecompressor();

  private Lz4() {}

  static byte[] compress(byte[] bytes) {
    byte[] out = new byte[COMPRESSOR.maxCompressedLength(bytes.length)];
    return Arrays.copyOf(out, COMPRESSOR.compress(bytes, out));
  }

  static byte[] decompress(byte[] compressed, int size) throws DamagedEntryException {
    byte[] out = new byte[size];
    try {
      if (DECOMPRESSOR.decompress(compressed, out) == size) {
        return out;
      }
    } catch (LZ4Exception | IndexOutOfBoundsException damaged) {
      throw new DamagedEntryException(
          DamagedEntryException.Reason.VALUE, "a payload that cannot be decompressed");
    }
    throw new DamagedEntryException(
        DamagedEntryException.Reason.LENGTH, "a payload of another length than it says");
  }
}
