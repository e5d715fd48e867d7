package io.larder.sample.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedRedisTest {

  @TempDir private Path directory;

  @Test
  void start_always_answersOnTheLoopbackUntilItIsKilled() throws Exception {
    try (SharedRedis redis = SharedRedis.start(directory)) {
      assertThat(redis.uri()).startsWith("redis://127.0.0.1:");
      assertThat(ping(redis)).isEqualTo("+PONG\r\n");

      redis.kill();
      assertThatIOException().isThrownBy(() -> ping(redis));
    }
  }

  @Test
  void start_noPlaceForTheProgram_saysThatRedisDidNotStart() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatIOException()
        .isThrownBy(() -> SharedRedis.start(file.resolve("below")))
        .withMessageStartingWith("Redis did not start: ");
  }

  private static String ping(SharedRedis redis) throws IOException {
    URI address = URI.create(redis.uri());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(7), StandardCharsets.US_ASCII);
    }
  }
}
