package io.larder.agent;

import io.larder.agent.rules.Rules;
import io.larder.runtime.config.Configuration;
import io.larder.runtime.config.ConfigurationFile;
import io.larder.runtime.config.Problem;
import io.larder.runtime.logging.Log;
import io.larder.runtime.management.AgentControl;
import io.larder.runtime.thread.DaemonThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The configuration file: read at the start, looked at from time to time, and applied as a whole or
 * not at all. A file that is wrong leaves what holds. Thread-safe.
 */
final class LiveConfiguration {

  private static final Logger logger = Log.logger(LiveConfiguration.class);
  private static final Duration WATCH = Duration.ofSeconds(2);
  private static final int KEPT_VERSIONS = 50;
  private static final String NONE = "none";

  private final @Nullable Path file;
  private final Applier applier;

  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Newest first. Guarded by this, as all that follows. */
  private final Deque<Applied> history = new ArrayDeque<>();

  private Configuration current = Configuration.EMPTY;
  private String readText = "";
  private Stamp stamp = Stamp.ABSENT;

  /** A configuration that was applied. */
  private record Applied(AgentControl.Version version, Configuration configuration) {}

  /** What shows that a file was changed, without reading it. */
  private record Stamp(long modifiedMillis, long bytes) {

    private static final Stamp ABSENT = new Stamp(0, -1);

    /** By hand: the first use of a record's own costs a start twenty milliseconds. */
    boolean isSameAs(Stamp other) {
      return modifiedMillis == other.modifiedMillis && bytes == other.bytes;
    }

    static Stamp of(Path file) {
      try {
        return new Stamp(Files.getLastModifiedTime(file).toMillis(), Files.size(file));
      } catch (IOException absent) {
        return ABSENT;
      }
    }
  }

  /** Has a configuration hold. */
  interface Applier {
    /**
     * Applies.
     *
     * @return what it changed, in words; empty for nothing
     */
    String apply(Configuration before, Configuration after, Rules rules);
  }

  /**
   * A configuration that is not yet read.
   *
   * @param file {@code null} when there is none
   */
  LiveConfiguration(@Nullable Path file, Applier applier) {
    this.file = file;
    this.applier = applier;
  }

  /** What holds. */
  synchronized Configuration current() {
    return current;
  }

  /** The file's name as messages have it. */
  String fileName() {
    return file == null ? NONE : String.valueOf(file.getFileName());
  }

  /** The file; {@code none} without one. */
  String source() {
    return file == null ? NONE : file.toAbsolutePath().toString();
  }

  /** The configurations that were applied, newest first. */
  synchronized List<AgentControl.Version> history() {
    return history.stream().map(Applied::version).toList();
  }

  /**
   * Looks at the file from time to time, on a thread of its own, until stopped.
   *
   * @param afterAWhile is done once, before the first look
   */
  void watch(Runnable afterAWhile) {
    if (file != null) {
      DaemonThreads.newThread("config", () -> lookAgainAndAgain(afterAWhile)).start();
    }
  }

  void stop() {
    stopped.countDown();
  }

  private void lookAgainAndAgain(Runnable afterAWhile) {
    try {
      if (!stopped.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
        afterAWhile.run();
      }
      while (!stopped.await(watchMillis(), TimeUnit.MILLISECONDS)) {
        try {
          lookAgain();
        } catch (RuntimeException | Error problem) { // one bad look must not be the last
          logger.warn("{} could not be looked at: {}", fileName(), problem.toString());
        }
      }
    } catch (InterruptedException somebodyWantsUsToEnd) {
      Thread.currentThread().interrupt();
    }
  }

  /** How long to wait; also while looking is off, because that may change through a rollback. */
  private synchronized long watchMillis() {
    Duration said = current.switches().watch();
    return (said == null || said.isZero() ? WATCH : said).toMillis();
  }

  private synchronized void lookAgain() {
    Duration watch = current.switches().watch();
    boolean off = watch != null && watch.isZero();
    if (!off && file != null && !Stamp.of(file).isSameAs(stamp)) {
      reload();
    }
  }

  /**
   * Reads the file and applies it.
   *
   * @return what came of it, in a sentence
   */
  synchronized String reload() {
    if (file == null) {
      return "There is no configuration file.";
    }
    stamp = Stamp.of(file); // before it is read: what changes meanwhile is seen at the next look
    if (stamp.isSameAs(Stamp.ABSENT)) {
      logger.warn("{} is not there, and {}.", source(), whatHolds());
      return source() + " is not there.";
    }
    if (stamp.bytes > ConfigurationFile.MAXIMUM_BYTES) {
      logger.warn("{} is larger than 1 MB, and {}.", fileName(), whatHolds());
      return fileName() + " is larger than 1 MB.";
    }
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException unreadable) {
      logger.warn("{} cannot be read, and {}: {}", fileName(), whatHolds(), unreadable.toString());
      return fileName() + " cannot be read: " + unreadable;
    }
    if (text.equals(readText)) {
      return "Nothing changed.";
    }
    readText = text;
    ConfigurationFile.Result result = ConfigurationFile.parse(fileName(), text);
    Configuration read = result.configuration();
    if (read == null) {
      List<String> lines = result.problems().stream().map(Problem::toString).toList();
      logger.warn(
          "{} is not applied, and {}; {} to mend:",
          fileName(),
          whatHolds(),
          lines.size() == 1 ? "1 problem" : lines.size() + " problems");
      lines.forEach(line -> logger.warn("{}", line));
      return fileName() + " is not applied:\n" + String.join("\n", lines);
    }
    return apply(read, fileName());
  }

  private String whatHolds() {
    return history.isEmpty() ? "nothing of it holds" : "what held before still holds";
  }

  /** Applies a configuration that was applied before; {@link AgentControl#rollback}. */
  synchronized String rollback(int number) {
    for (Applied applied : List.copyOf(history)) {
      if (applied.version.number() == number) {
        return apply(applied.configuration, "rollback to " + number);
      }
    }
    throw new IllegalArgumentException(
        "there is no version "
            + number
            + "; there are: "
            + (history.isEmpty()
                ? "none"
                : history.stream()
                    .map(applied -> String.valueOf(applied.version.number()))
                    .collect(Collectors.joining(", "))));
  }

  private String apply(Configuration next, String source) {
    String changes = applier.apply(current, next, Rules.of(next, fileName()));
    int number = history.isEmpty() ? 1 : history.getFirst().version.number() + 1;
    history.addFirst(
        new Applied(new AgentControl.Version(number, Instant.now(), source, changes), next));
    if (history.size() > KEPT_VERSIONS) {
      history.removeLast();
    }
    current = next;
    logger.info("{} is applied as version {}: {}.", source, number, changes);
    return source + " is applied as version " + number + ": " + changes + ".";
  }
}
