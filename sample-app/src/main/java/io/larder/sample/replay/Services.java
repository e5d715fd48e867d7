package io.larder.sample.replay;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processes of a line-up, which all serve the same shop. */
final class Services implements AutoCloseable {

  private final List<ServiceProcess> processes = new ArrayList<>();

  private Services() {}

  /**
   * Starts the processes one after the other and waits until all listen.
   *
   * @param directory where their logs go
   * @throws IOException when one does not come up; then none is left
   */
  static Services start(Lineup lineup, Path database, Path directory)
      throws IOException, InterruptedException {
    Services services = new Services();
    try {
      for (int number = 1; number <= lineup.processes(); number++) {
        String log = lineup.log() + (lineup.processes() == 1 ? "" : "-" + number) + ".log";
        services.processes.add(
            ServiceProcess.start(lineup.options(), database, directory.resolve(log)));
      }
      return services;
    } catch (IOException | InterruptedException failure) {
      services.close();
      throw failure;
    }
  }

  List<URI> addresses() {
    return processes.stream().map(ServiceProcess::address).toList();
  }

  /** What all processes measured, added up. */
  ServiceReading read() throws IOException {
    ServiceReading sum = ServiceReading.NONE;
    for (ServiceProcess process : processes) {
      sum = sum.plus(process.read());
    }
    return sum;
  }

  void clearCaches() throws IOException {
    for (ServiceProcess process : processes) {
      process.clearCaches();
    }
  }

  /** Kills all processes at once, as with {@code kill -9}, and returns when they are gone. */
  void kill() {
    processes.forEach(ServiceProcess::kill);
  }

  /**
   * Makes sure that each process has logged a text.
   *
   * @throws IOException when one has not, with its log
   */
  void requireLogged(String text) throws IOException, InterruptedException {
    for (ServiceProcess process : processes) {
      process.requireLogged(text);
    }
  }

  @Override
  public void close() {
    processes.forEach(ServiceProcess::close);
  }
}
