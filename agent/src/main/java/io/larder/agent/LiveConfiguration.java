package io.larder.agent;

import io.larder.runtime.config.Configuration;
import io.larder.runtime.config.ConfigurationFile;
import io.larder.runtime.config.Problem;
import io.larder.runtime.logging.Log;
import io.larder.runtime.management.AgentControl;
import io.larder.runtime.thread.DaemonThreads;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
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

  /** How long a file that was changed must stay as it is before it is read. */
  private static final Duration SETTLED = Duration.ofMillis(100);

  private static final int KEPT_VERSIONS = 50;
  private static final String NONE = "none";

  private final Applier applier;

  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Newest first. Guarded by this, as all that follows. */
  private final Deque<Applied> history = new ArrayDeque<>();

  private @Nullable Path file;
  private Configuration current = Configuration.EMPTY;

  /** What the file said when it was applied; {@code null} after a rollback. */
  private @Nullable String appliedText = "";

  private Stamp stamp = Stamp.ABSENT;

  /** A change that one look has seen; {@code null} when there is none. */
  private @Nullable Stamp unsettled;

  private boolean watching;

  /** Why the file as it is does not hold; {@code null} when it does. */
  private @Nullable String problem;

  /** A configuration that was applied. */
  private record Applied(
      AgentControl.Version version, Configuration configuration, String fileName) {}

  /** A file that cannot be applied; the message says why. */
  private static final class NotAppliedException extends Exception {
    private static final long serialVersionUID = 1L;

    NotAppliedException(String message) {
      super(message);
    }
  }

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
     * @param fileName of the second configuration, as messages name it
     * @return what it changed, in words; empty for nothing
     */
    String apply(Configuration before, Configuration after, String fileName);

    /**
     * Is told what became of a file, for whoever watches from outside.
     *
     * @param applied whether it holds
     * @param message in words
     */
    void event(boolean applied, String message);
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

  /** The file; {@code none} without one. */
  synchronized String source() {
    return file == null ? NONE : file.toAbsolutePath().toString();
  }

  /** Why the file as it is does not hold; {@code null} when it does, or when there is none. */
  synchronized @Nullable String problem() {
    return problem;
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
  synchronized void watch(Runnable afterAWhile) {
    if (file != null && !watching) {
      watching = true;
      DaemonThreads.newThread("config", () -> lookAgainAndAgain(afterAWhile)).start();
    }
  }

  void stop() {
    stopped.countDown();
  }

  private void lookAgainAndAgain(Runnable afterAWhile) {
    try {
      boolean asked = false;
      while (!stopped.await(asked ? watchMillis() : WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          if (!asked) {
            asked = true;
            afterAWhile.run();
          }
          lookAgain();
        } catch (RuntimeException | Error problem) { // one bad look must not be the last
          logger.warn("{} could not be looked at: {}", source(), problem.toString());
        }
      }
    } catch (InterruptedException somebodyWantsUsToEnd) {
      Thread.currentThread().interrupt();
    }
  }

  /** How long to wait; also while looking is off, because that may change through a rollback. */
  private synchronized long watchMillis() {
    Duration said = current.switches().watch();
    long millis = (said == null || said.isZero() ? WATCH : said).toMillis();
    return unsettled == null ? millis : Math.min(millis, SETTLED.toMillis());
  }

  /**
   * Reads the file when two looks in a row see the same change: whoever writes it may be half way,
   * and some editors take the old one away before the new one is there.
   */
  synchronized void lookAgain() {
    Duration watch = current.switches().watch();
    boolean off = watch != null && watch.isZero();
    Stamp now = off || file == null ? stamp : Stamp.of(file);
    if (now.isSameAs(stamp)) {
      unsettled = null;
    } else if (unsettled == null || !now.isSameAs(unsettled)) {
      unsettled = now;
    } else {
      unsettled = null;
      reload();
    }
  }

  /**
   * Takes another file from now on, if it can be applied.
   *
   * @return what came of it, in a sentence
   * @throws IllegalArgumentException if it cannot; all is as before, and the message says why
   */
  synchronized String use(Path other) {
    Path before = file;
    Stamp stampBefore = stamp;
    String problemBefore = problem;
    file = other;
    boolean taken = false;
    try {
      String answer = reload();
      String why = problem;
      if (why != null) {
        throw new IllegalArgumentException(why);
      }
      taken = true;
      return answer;
    } finally {
      if (!taken) {
        file = before;
        stamp = stampBefore;
        problem = problemBefore;
      }
    }
  }

  /**
   * Reads the file and applies it.
   *
   * @return what came of it, in a sentence
   */
  synchronized String reload() {
    Path from = file;
    if (from == null) {
      return "There is no configuration file.";
    }
    stamp = Stamp.of(from); // before it is read: what changes meanwhile is seen at the next look
    try {
      String text = read(from);
      if (text.equals(appliedText)) {
        problem = null;
        return "Nothing changed.";
      }
      String answer = apply(parse(nameOf(from), text), nameOf(from), nameOf(from));
      appliedText = text;
      problem = null;
      applier.event(/* applied= */ true, answer);
      return answer;
    } catch (NotAppliedException failure) {
      String why = String.valueOf(failure.getMessage());
      problem = why;
      why.lines().forEach(line -> logger.warn("{}", line));
      applier.event(/* applied= */ false, why);
      return why;
    } catch (RuntimeException | Error halfWay) {
      stamp = Stamp.ABSENT; // so that the next look tries again
      problem = nameOf(from) + " could not be applied wholly: " + halfWay;
      throw halfWay;
    }
  }

  private String read(Path from) throws NotAppliedException {
    if (stamp.isSameAs(Stamp.ABSENT)) {
      throw new NotAppliedException(from.toAbsolutePath() + " is not there, " + whatHolds() + ".");
    }
    if (!Files.isRegularFile(from)) { // a pipe would have us wait
      throw new NotAppliedException(from.toAbsolutePath() + " is no file, " + whatHolds() + ".");
    }
    if (stamp.bytes > ConfigurationFile.MAXIMUM_BYTES) {
      throw new NotAppliedException(nameOf(from) + " is larger than 1 MB, " + whatHolds() + ".");
    }
    try {
      return Files.readString(from);
    } catch (MalformedInputException otherEncoding) {
      throw new NotAppliedException(
          nameOf(from) + " is not UTF-8, " + whatHolds() + "; save it in that encoding.");
    } catch (IOException unreadable) {
      throw new NotAppliedException(
          nameOf(from) + " cannot be read, " + whatHolds() + ": " + unreadable);
    }
  }

  private Configuration parse(String fileName, String text) throws NotAppliedException {
    ConfigurationFile.Result result = ConfigurationFile.parse(fileName, text);
    Configuration read = result.configuration();
    if (read != null) {
      return read;
    }
    List<String> lines = result.problems().stream().map(Problem::toString).toList();
    throw new NotAppliedException(
        fileName
            + " is not applied, "
            + whatHolds()
            + "; "
            + (lines.size() == 1 ? "1 problem" : lines.size() + " problems")
            + " to mend:\n"
            + String.join("\n", lines));
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }

  private String whatHolds() {
    return history.isEmpty() ? "and nothing of it holds" : "and what held before still holds";
  }

  /** Applies a configuration that was applied before; {@link AgentControl#rollback}. */
  synchronized String rollback(int number) {
    for (Applied applied : List.copyOf(history)) {
      if (applied.version.number() == number) {
        appliedText = null; // so that who has the file read gets it
        return apply(applied.configuration, applied.fileName, "rollback to " + number);
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

  private String apply(Configuration next, String fileName, String source) {
    String changes = applier.apply(current, next, fileName);
    int number = history.isEmpty() ? 1 : history.getFirst().version.number() + 1;
    history.addFirst(
        new Applied(
            new AgentControl.Version(number, Instant.now(), source, changes), next, fileName));
    if (history.size() > KEPT_VERSIONS) {
      history.removeLast();
    }
    current = next;
    logger.info("{} is applied as version {}: {}.", source, number, changes);
    return source + " is applied as version " + number + ": " + changes + ".";
  }
}
