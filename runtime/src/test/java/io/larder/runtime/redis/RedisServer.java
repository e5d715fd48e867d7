package io.larder.runtime.redis;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A real Redis server, or a sentinel, that a test starts, stops, kills and closes. A process of its
 * own that ends with the JVM at the latest.
 */
public final class RedisServer implements AutoCloseable {

  private static final Path PROGRAM = extract();
  private static final List<String> OPTIONS =
      List.of("--save", "", "--appendonly", "no", "--loglevel", "notice", "--protected-mode", "no");

  private final int port;
  private final Path directory;
  private final List<String> command;
  private Process process;

  private RedisServer(int port, Path directory, List<String> command) {
    this.port = port;
    this.directory = directory;
    this.command = command;
    this.process = launch();
  }

  /**
   * Starts a server on a free port of the loopback and waits until it answers.
   *
   * @param options as on the command line: {@code "--requirepass", "secret"}
   */
  public static RedisServer start(String... options) {
    return startAt(freePort(), options);
  }

  /** As {@link #start}, on a given port. */
  public static RedisServer startAt(int port, String... options) {
    Path directory = newDirectory();
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--dir", directory.toString()));
    command.addAll(OPTIONS);
    command.addAll(Arrays.asList(options));
    RedisServer server = new RedisServer(port, directory, command);
    server.awaitListening();
    return server;
  }

  /** Starts a sentinel with the lines of a file. */
  public static RedisServer startSentinel(int port, List<String> configuration) {
    Path directory = newDirectory();
    Path file = directory.resolve("sentinel.conf");
    List<String> lines = new ArrayList<>(List.of("port " + port, "bind 127.0.0.1"));
    lines.add("dir " + directory);
    lines.addAll(configuration);
    try {
      Files.write(file, lines);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    RedisServer sentinel =
        new RedisServer(
            port, directory, List.of(PROGRAM.toString(), file.toString(), "--sentinel"));
    sentinel.awaitListening();
    return sentinel;
  }

  /**
   * A port that nobody listens on, nor on the one 10,000 above, where a cluster node listens as
   * well. Both are below those that the system gives to connections, which could take them away.
   */
  public static int freePort() {
    int port = ThreadLocalRandom.current().nextInt(11_000, 22_000);
    return isFree(port) && isFree(port + 10_000) ? port : freePort();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  public int port() {
    return port;
  }

  /** {@code redis://127.0.0.1:<port>}. */
  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** Stops the process where it is, as {@code kill -STOP}. */
  public void pause() {
    signal("-STOP");
  }

  /** Lets it go on. */
  public void proceed() {
    signal("-CONT");
  }

  /** Ends it at once, as {@code kill -9}, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Starts it again, empty, after {@link #kill}. */
  public void restart() {
    process = launch();
    awaitListening();
  }

  /** Says a command in the form for people and answers with the first line of the reply. */
  public String say(String line) {
    return say(line, /* lines= */ 1).get(0);
  }

  /** As {@link #say(String)}, with as many lines of the reply. */
  public List<String> say(String line, int lines) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
      socket.setSoTimeout(2_000);
      socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      List<String> reply = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      while (reply.size() < lines) {
        int next = in.read();
        if (next < 0 || next == '\n') {
          reply.add(text.toString().stripTrailing());
          text.setLength(0);
        } else {
          text.append((char) next);
        }
      }
      return reply;
    } catch (IOException failed) {
      throw new UncheckedIOException("Redis at port " + port + ", " + line, failed);
    }
  }

  /** Takes its directory away, so that it can save nothing any more. */
  public void removeDirectory() {
    deleteDirectory(directory);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitEnd();
    deleteDirectory(directory);
  }

  private Process launch() {
    try {
      Process started =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
      return started;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void awaitListening() {
    await("Redis at " + port)
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .until(this::isListening);
  }

  private boolean isListening() throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException("Redis ended: " + Files.readString(directory.resolve("log")));
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private void awaitEnd() {
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("larder-redis");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void deleteDirectory(Path directory) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(directory);
    } catch (IOException left) { // in the temporary directory
      directory.toFile().deleteOnExit();
    }
  }

  /** The program out of the library that carries it; one copy for each JVM. */
  private static Path extract() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    boolean arm = System.getProperty("os.arch").matches("aarch64|arm64");
    String resource =
        system.contains("mac")
            ? "/redis-server-6.2.6-v5-darwin-" + (arm ? "arm64" : "amd64")
            : arm ? "/redis-server-6.2.7-linux-arm64" : "/redis-server-6.2.6-v5-linux-amd64";
    try (InputStream in = redis.embedded.RedisServer.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("embedded-redis has no " + resource);
      }
      Path directory = newDirectory();
      Path program = directory.resolve("redis-server");
      Files.copy(in, program);
      program.toFile().setExecutable(true);
      directory.toFile().deleteOnExit();
      program.toFile().deleteOnExit(); // the last one named goes first
      return program;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
