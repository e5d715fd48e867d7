package org.mapdb.carried.xxhash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The hash is that of LZ4's library, with which MapDB's files are written elsewhere. */
class XXHashTest {

  private final net.jpountz.xxhash.XXHashFactory theirs =
      net.jpountz.xxhash.XXHashFactory.safeInstance();
  private final Random random = new Random(5);

  @Test
  void hash64_inPieces_isTheirs() {
    for (int length = 0; length < 600; length++) {
      byte[] bytes = bytes(length);
      long seed = random.nextLong();
      StreamingXXHash64 ours = XXHashFactory.fastestInstance().newStreamingHash64(seed);
      for (int from = 0; from < length; ) {
        int piece = Math.min(length - from, 1 + random.nextInt(70));
        ours.update(bytes, from, piece);
        from += piece;
      }
      assertThat(ours.getValue())
          .as("length %d", length)
          .isEqualTo(theirs.hash64().hash(bytes, 0, length, seed));
    }
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
