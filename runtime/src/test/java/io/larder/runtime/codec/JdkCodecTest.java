package io.larder.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JdkCodecTest extends ValueCodecContract {

  @Override
  String name() {
    return "jdk";
  }

  /** As of a class whose library is of another release than it was compiled with. */
  static final class Broken implements Serializable {

    private static final long serialVersionUID = 1L;

    private final boolean complete = false;

    Object writeReplace() {
      if (complete) {
        return this;
      }
      throw new NoClassDefFoundError("com/acme/Gone");
    }
  }

  @Test
  void encode_classThatNeedsAMissingOne_refused() throws Exception {
    ValueCodec codec =
        ValueCodecs.of(name(), Broken.class.getClassLoader(), Broken.class, AllowedClasses.none());
    assertThatThrownBy(() -> codec.encode(new Broken()))
        .isInstanceOf(NotStorableException.class)
        .hasMessage("It cannot be serialized: java.lang.NoClassDefFoundError");
  }

  /** For which the JDK has an error that should be its own. */
  @Test
  void decode_mapWithHalfAnEntry_isDamaged() throws Exception {
    ValueCodec codec = codec("anything");
    byte[] bytes = codec.encode(Map.of("a", 1));
    String hex = HexFormat.of().formatHex(bytes);
    assertThat(hex).contains("770400000002"); // the length of what follows: a key and a value
    byte[] damaged = HexFormat.of().parseHex(hex.replace("770400000002", "770400000001"));

    assertThatThrownBy(() -> codec.decode(damaged))
        .isInstanceOf(DamagedEntryException.class)
        .hasMessageContaining("java.lang.InternalError");
  }
}
