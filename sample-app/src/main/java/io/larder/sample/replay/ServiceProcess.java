package io.larder.sample.replay;

import io.larder.sample.SampleServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The service in a JVM of its own, which ends at the latest with this one. */
final class ServiceProcess implements AutoCloseable {

  /** The same for all runs, and enough that the collector is not what is measured. */
  static final String HEAP = "512m";

  private static final int START_SECONDS = 60;
  private static final int STOP_SECONDS = 10;
  private static final int LOG_SECONDS = 20;

  private final Process process;
  private final Thread stopAtExit;
  private final Path log;
  private final CompletableFuture<URI> address = new CompletableFuture<>();

  private ServiceProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.stopAtExit = new Thread(this::stop, "stop-service");
  }

  /**
   * Starts the service and waits until it listens.
   *
   * @param options of its JVM
   * @param database the catalogue's file
   * @param log where the service's standard error goes
   * @throws IOException when it does not come up, with what it wrote
   */
  static ServiceProcess start(List<String> options, Path database, Path log)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xms" + HEAP);
    command.add("-Xmx" + HEAP);
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(SampleServer.class.getName());
    command.add(database.toString());
    Files.createDirectories(log.toAbsolutePath().getParent());
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    ServiceProcess service = new ServiceProcess(process, log);
    Runtime.getRuntime().addShutdownHook(service.stopAtExit);
    try {
      service.awaitAddress();
      return service;
    } catch (IOException | InterruptedException failure) {
      service.close();
      throw failure;
    }
  }

  URI address() {
    return address.join();
  }

  long pid() {
    return process.pid();
  }

  /** Waits until the service ends by itself. */
  void join() throws InterruptedException {
    process.waitFor();
  }

  /** Collects garbage in the service and reads what it measured. */
  ServiceReading read() throws IOException {
    try (HttpConnection connection = new HttpConnection(address())) {
      return ServiceReading.parse(connection.get("/stats").text());
    }
  }

  /** Makes the caches of the service forget everything; without the agent there are none. */
  void clearCaches() throws IOException {
    try (HttpConnection connection = new HttpConnection(address())) {
      HttpConnection.Response response = connection.post("/caches/clear");
      if (response.status() != 200) {
        throw new IOException("the caches were not emptied: " + response.text().strip());
      }
    }
  }

  /**
   * Makes sure that it writes a text to standard error, if not at once then within some seconds.
   *
   * @throws IOException when it does not, with what it wrote
   */
  void requireLogged(String text) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LOG_SECONDS);
    String written = Files.readString(log, StandardCharsets.UTF_8);
    while (!written.contains(text)) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException(
            "the service did not say \"%s\"; it wrote to %s:%n%s".formatted(text, log, written));
      }
      TimeUnit.MILLISECONDS.sleep(100);
      written = Files.readString(log, StandardCharsets.UTF_8);
    }
  }

  /** Kills it, as with {@code kill -9}, and returns when it is gone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  private void awaitAddress() throws IOException, InterruptedException {
    Thread reader = new Thread(this::readOutput, "service-output");
    reader.setDaemon(true);
    reader.start();
    try {
      address.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      throw new IOException(
          "the service did not start; it wrote to %s:%n%s"
              .formatted(log, Files.readString(log, StandardCharsets.UTF_8)),
          failure);
    }
  }

  /** Reads to the end, so that the service never waits for a reader. */
  private void readOutput() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(SampleServer.READY)) {
          address.complete(URI.create(line.substring(SampleServer.READY.length())));
        }
      }
      address.completeExceptionally(new IOException("it ended"));
    } catch (IOException failure) {
      address.completeExceptionally(failure);
    }
  }

  /** Asks the service to end, and insists when it does not. */
  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(stopAtExit);
    } catch (IllegalStateException exiting) {
      // the hook is running
    }
  }
}
