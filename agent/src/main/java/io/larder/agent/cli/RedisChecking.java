package io.larder.agent.cli;

import io.larder.agent.cli.CommandLine.CommandException;
import io.larder.agent.cli.CommandLine.UsageException;
import io.larder.runtime.policy.RedisOptions;
import io.larder.runtime.policy.RedisSetting;
import io.larder.runtime.redis.CheckReport;
import io.larder.runtime.redis.CredentialsSource;
import io.larder.runtime.redis.RedisCheck;
import io.larder.runtime.redis.RedisSettings;
import io.larder.runtime.redis.RedisUri;
import io.larder.runtime.redis.TlsSettings;
import io.larder.runtime.time.CoarseClock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the options of {@code redis-check} and runs it. */
final class RedisChecking {

  private @Nullable String uri;
  private String prefix = "larder";
  private @Nullable Path passwordFile;
  private @Nullable Path trustStore;
  private @Nullable Path trustPasswordFile;
  private @Nullable Path keyStore;
  private @Nullable Path keyPasswordFile;

  private RedisChecking() {}

  /**
   * Runs the command.
   *
   * @return the exit code: 1 if Larder cannot use this Redis
   */
  static int run(List<String> arguments, PrintStream out) {
    RedisChecking options = new RedisChecking();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("--")) {
        options.takeUri(argument);
      } else if (++i == arguments.size()) {
        throw new UsageException(argument + " takes a value");
      } else {
        options.take(argument, arguments.get(i));
      }
    }
    CheckReport report;
    try {
      report = RedisCheck.run(options.settings(), options.prefix, new CoarseClock());
    } catch (IllegalArgumentException wrong) {
      throw new CommandException(String.valueOf(wrong.getMessage()));
    } catch (IOException unreadable) {
      throw new CommandException("cannot be read: " + unreadable.getMessage());
    }
    report.lines().forEach(out::println);
    return report.exitCode();
  }

  private void takeUri(String argument) {
    if (uri != null) {
      throw new UsageException("redis-check takes one URI");
    }
    uri = argument;
  }

  private void take(String option, String value) {
    switch (option) {
      case "--prefix" -> prefix = checkedPrefix(value);
      case "--password-file" -> passwordFile = Path.of(value);
      case "--trust-store" -> trustStore = Path.of(value);
      case "--trust-password-file" -> trustPasswordFile = Path.of(value);
      case "--key-store" -> keyStore = Path.of(value);
      case "--key-password-file" -> keyPasswordFile = Path.of(value);
      default ->
          throw new UsageException(
              "redis-check does not know "
                  + option
                  + "; known are --prefix, --password-file, --trust-store, --trust-password-file,"
                  + " --key-store and --key-password-file");
    }
  }

  private static String checkedPrefix(String value) {
    try {
      return RedisOptions.NONE.with(RedisSetting.KEY_PREFIX, value).keyPrefix();
    } catch (IllegalArgumentException wrong) {
      throw new UsageException("--prefix is redis.keyPrefix; " + wrong.getMessage());
    }
  }

  private RedisSettings settings() throws IOException {
    if (uri == null) {
      throw new UsageException("redis-check takes a URI, as in redis://localhost:6379");
    }
    RedisUri parsed = RedisUri.parse(uri);
    RedisSettings settings =
        RedisSettings.of(parsed)
            .withTls(
                new TlsSettings(
                    trustStore, password(trustPasswordFile), keyStore, password(keyPasswordFile)));
    return passwordFile == null
        ? settings
        : settings.withCredentials(
            CredentialsSource.ofFile(parsed.credentials().user(), passwordFile));
  }

  private static @Nullable String password(@Nullable Path file) throws IOException {
    return file == null ? null : Files.readString(file).stripTrailing();
  }
}
