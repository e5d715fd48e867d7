package io.larder.runtime.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.RedisInputStream;

class ReplyReaderTest {

  private static final int MAX = 1_000;

  private static @Nullable Object read(String bytes) {
    return read(bytes.getBytes(ISO_8859_1));
  }

  private static @Nullable Object read(byte[] bytes) {
    return new ReplyReader(MAX).reply(new RedisInputStream(new ByteArrayInputStream(bytes)));
  }

  private static String text(String bytes) {
    Object reply = read(bytes);
    return reply == null ? "null" : new String((byte[]) reply, ISO_8859_1);
  }

  @Test
  void reply_eachType_becomesOneOfFive() {
    assertThat(text("+OK\r\n")).isEqualTo("OK");
    assertThat(text("$3\r\na\r\n\r\n")).isEqualTo("a\r\n");
    assertThat(text("=7\r\ntxt:abc\r\n")).isEqualTo("abc");
    assertThat(text(",3.5\r\n")).isEqualTo("3.5");
    assertThat(text("(12345678901234567890\r\n")).isEqualTo("12345678901234567890");
    assertThat(read("$-1\r\n")).isNull();
    assertThat(read("*-1\r\n")).isNull();
    assertThat(read("_\r\n")).isNull();
    assertThat(read(":-42\r\n")).isEqualTo(-42L);
    assertThat(read("#t\r\n")).isEqualTo(1L);
    assertThat(read("#f\r\n")).isEqualTo(0L);
    assertThat(read("*2\r\n:1\r\n*1\r\n_\r\n")).asString().isEqualTo("[1, [null]]");
    assertThat(read("%1\r\n:1\r\n:2\r\n")).isEqualTo(List.of(1L, 2L));
    assertThat(read("~1\r\n:1\r\n")).isEqualTo(List.of(1L));
    assertThat(read("-WRONGTYPE no\r\n")).isEqualTo(new RedisError("WRONGTYPE", "WRONGTYPE no"));
    assertThat(read("!6\r\nOOM no\r\n")).isEqualTo(new RedisError("OOM", "OOM no"));
    assertThat(read("|1\r\n+ttl\r\n:3\r\n:7\r\n")).isEqualTo(7L);
  }

  @Test
  void reply_pushBefore_isLeftOut() {
    assertThat(read(">2\r\n+invalidate\r\n*0\r\n:7\r\n")).isEqualTo(7L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$536870912\r\n",
        "$1001\r\n",
        "*2147483647\r\n",
        "*1048577\r\n",
        "%1048577\r\n",
        "$5\r\nabc",
        "$2\r\nabcd",
        "$99999999999999999999999\r\n",
        "HTTP/1.1 400 Bad Request\r\n",
        "",
        "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n",
      })
  void reply_hostileOrCut_isAConnectionThatBroke(String bytes) {
    assertThatThrownBy(() -> read(bytes)).isInstanceOf(JedisException.class);
  }

  @Test
  void reply_randomBytes_neverDoesAnythingElse() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] alphabet = "$*+-:_#%~>!=,(|\r\n0123456789abc".getBytes(ISO_8859_1);
    for (int round = 0; round < 200_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = alphabet[random.nextInt(alphabet.length)];
      }
      try {
        Object unused = read(bytes);
      } catch (JedisException broken) {
        // As it must.
      } catch (RuntimeException | Error other) {
        throw new AssertionError("seed " + seed + ": " + new String(bytes, ISO_8859_1), other);
      }
    }
  }
}
