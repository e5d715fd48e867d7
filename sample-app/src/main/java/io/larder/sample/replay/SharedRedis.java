package io.larder.sample.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.error.OsArchitectureNotFound;
import redis.embedded.error.UnknownOSName;

/**
 * A Redis of the demo's own on a free port of this machine. It keeps nothing on disk, and ends with
 * this JVM at the latest.
 */
final class SharedRedis implements AutoCloseable {

  private static final String ADDRESS = InetAddress.getLoopbackAddress().getHostAddress();

  private final RedisServer server;

  private SharedRedis(RedisServer server) {
    this.server = server;
  }

  /**
   * Starts Redis and waits until it listens.
   *
   * @param directory where its program is put
   * @throws IOException when it does not come up, with the reason
   */
  static SharedRedis start(Path directory) throws IOException {
    try {
      Files.createDirectories(directory);
      RedisServer server =
          RedisServer.newRedisServer()
              .executableProvider(
                  ExecutableProvider.newJarResourceProvider(directory.toAbsolutePath().toFile()))
              .bind(ADDRESS)
              .port(freePort())
              .setting("save \"\"")
              .onShutdownForceStop(true) // as kill -9
              .build();
      server.start();
      return new SharedRedis(server);
    } catch (OsArchitectureNotFound | UnknownOSName unknown) {
      throw new IOException(
          "there is no Redis for this system in embedded-redis (%s); go without --redis"
              .formatted(unknown.getMessage()),
          unknown);
    } catch (IOException failure) {
      Throwable reason = failure.getCause() == null ? failure : failure.getCause();
      throw new IOException("Redis did not start: " + reason.getMessage(), failure);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String uri() {
    return "redis://" + ADDRESS + ":" + server.ports().get(0);
  }

  /** Kills it, and returns when it is gone. Does nothing the second time. */
  void kill() {
    try {
      server.stop();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
