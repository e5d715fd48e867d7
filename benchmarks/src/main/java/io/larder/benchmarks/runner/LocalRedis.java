package io.larder.benchmarks.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Redis of its own for one launch, on the loopback, that keeps nothing on disk. */
final class LocalRedis implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Path program;
  private final int port;
  private final Process process;

  /**
   * Starts it, and returns when it answers.
   *
   * @param prefix what stands before the command
   */
  LocalRedis(List<String> prefix) {
    try {
      program = extract();
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = free.getLocalPort();
      }
      List<String> command = new ArrayList<>(prefix);
      command.addAll(List.of(program.toString(), "--port", Integer.toString(port)));
      command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start Redis", e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    awaitListening();
  }

  String uri() {
    return "redis://127.0.0.1:" + port;
  }

  private void awaitListening() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!isListening()) {
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        close();
        throw new IllegalStateException("Redis does not listen at port " + port);
      }
    }
  }

  private boolean isListening() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** The program out of the library that carries it. */
  private static Path extract() throws IOException {
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    String resource =
        arm ? "/redis-server-6.2.7-linux-arm64" : "/redis-server-6.2.6-v5-linux-amd64";
    try (InputStream in = redis.embedded.RedisServer.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("embedded-redis has no " + resource);
      }
      Path file = Files.createTempFile("larder-benchmark-redis", "");
      Files.write(file, in.readAllBytes());
      if (!file.toFile().setExecutable(true)) {
        throw new IOException("cannot make " + file + " executable");
      }
      return file;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      Files.deleteIfExists(program);
    } catch (IOException left) { // in the temporary directory
      program.toFile().deleteOnExit();
    }
  }
}
