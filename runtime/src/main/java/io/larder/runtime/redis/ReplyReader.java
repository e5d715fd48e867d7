package io.larder.runtime.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * Reads replies of both versions of the protocol, in place of Jedis' own reader: that allocates
 * whatever length a reply names, 2 GB if need be, makes an exception of each error reply, and has a
 * type for each type of RESP3. For the one thread that uses the connection.
 */
final class ReplyReader {

  private static final Pattern IN_SCRIPT =
      Pattern.compile("^ERR Error running script .*?: -([A-Z]+) ");
  private static final int MAX_DEPTH = 16;
  private static final int MAX_ELEMENTS = 1 << 20;

  /** So much is allocated on the mere word of a server. */
  private static final int TRUSTED_BYTES = 1 << 20;

  private final int maxBytes;
  private long bytesRead;

  ReplyReader(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** About how many bytes were read since the last call. */
  long takeBytesRead() {
    long taken = bytesRead;
    bytesRead = 0;
    return taken;
  }

  /** The next reply that was asked for: what the server says of its own accord is left out. */
  @Nullable Object reply(RedisInputStream in) {
    byte type = in.readByte();
    while (type == '>') {
      elements(in, 1, 0);
      type = in.readByte();
    }
    return read(in, type, 0);
  }

  /** The next thing that a server sends to a subscriber. */
  @Nullable Object pushOrReply(RedisInputStream in, byte type) {
    return read(in, type, 0);
  }

  private @Nullable Object read(RedisInputStream in, byte type, int depth) {
    return switch (type) {
      case '$' -> bulk(in);
      case '=' -> withoutFormat(bulk(in));
      case '+', ',', '(' -> line(in);
      case ':' -> number(in);
      case '*', '~', '>' -> elements(in, 1, depth);
      case '%' -> elements(in, 2, depth);
      case '-' -> error(line(in));
      case '!' -> error(bulk(in));
      case '_' -> {
        line(in);
        yield null;
      }
      case '#' -> line(in)[0] == 't' ? 1L : 0L;
      case '|' -> { // attributes of the reply that follows
        elements(in, 2, depth);
        yield read(in, in.readByte(), depth);
      }
      default -> throw new JedisConnectionException("not the protocol of Redis");
    };
  }

  private byte[] line(RedisInputStream in) {
    byte[] line = in.readLineBytes();
    bytesRead += line.length + 3L;
    if (line.length == 0) {
      return new byte[] {' '};
    }
    return line;
  }

  private Long number(RedisInputStream in) {
    bytesRead += 8;
    return in.readLongCrLf();
  }

  /** What follows the {@code txt:} of a verbatim string. */
  private static byte @Nullable [] withoutFormat(byte @Nullable [] verbatim) {
    return verbatim == null || verbatim.length < 4
        ? verbatim
        : Arrays.copyOfRange(verbatim, 4, verbatim.length);
  }

  private static RedisError error(byte @Nullable [] line) {
    String message = line == null ? "" : new String(line, StandardCharsets.UTF_8);
    int space = message.indexOf(' ');
    String code = space < 0 ? message : message.substring(0, space);
    // Before Redis 7 the error of a command in a script comes with one in front of it.
    Matcher inScript = IN_SCRIPT.matcher(message);
    return new RedisError(inScript.find() ? inScript.group(1) : code, message);
  }

  private byte @Nullable [] bulk(RedisInputStream in) {
    int length = length(in, maxBytes);
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[Math.min(length, TRUSTED_BYTES)];
    int filled = 0;
    while (filled < length) {
      if (filled == bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.min(length, bytes.length * 2));
      }
      int read = in.read(bytes, filled, bytes.length - filled);
      if (read < 0) {
        throw new JedisConnectionException("the connection ended inside a reply");
      }
      filled += read;
    }
    if (in.readByte() != '\r' || in.readByte() != '\n') {
      throw new JedisConnectionException("not the protocol of Redis");
    }
    bytesRead += length + 8L;
    return bytes;
  }

  private @Nullable List<@Nullable Object> elements(RedisInputStream in, int each, int depth) {
    int count = length(in, MAX_ELEMENTS);
    if (count < 0) {
      return null;
    }
    if (depth == MAX_DEPTH) {
      throw new JedisConnectionException("a reply is nested too deep");
    }
    bytesRead += 4;
    List<@Nullable Object> elements = new ArrayList<>(Math.min(count * each, 1024));
    for (int i = 0; i < count * each; i++) {
      elements.add(read(in, in.readByte(), depth + 1));
    }
    return elements;
  }

  private static int length(RedisInputStream in, int most) {
    long length = in.readLongCrLf();
    if (length > most || length < -1) {
      throw new JedisConnectionException(
          "the length of a reply must be at most " + most + ": " + length);
    }
    return (int) length;
  }
}
