package io.larder.agent.premain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What another process asks of Larder in this JVM: {@code command=explain;answer=/tmp/a}, and
 * behind that, for {@code attach}, the agent's arguments. Anything else is taken for the arguments
 * of an agent that is to be attached, as other programs load it.
 *
 * @param command what to do
 * @param answerFile where the answer goes; {@code null} for nowhere
 * @param agentArguments the rest; {@code null} when there is none
 */
record AttachRequest(String command, @Nullable String answerFile, @Nullable String agentArguments) {

  /** What an answer begins with when it is a failure. */
  static final String FAILED = "failed: ";

  private static final String CONFIG = "config=";
  private static final String COMMAND = "command=";
  private static final String ANSWER = "answer=";

  static AttachRequest parse(@Nullable String arguments) {
    if (arguments == null || !arguments.startsWith(COMMAND)) {
      return new AttachRequest("attach", null, arguments);
    }
    String[] parts = arguments.split(";", 3);
    return new AttachRequest(
        parts[0].substring(COMMAND.length()),
        parts.length > 1 ? parts[1].substring(ANSWER.length()) : null,
        parts.length > 2 ? parts[2] : null);
  }

  /** The configuration file that is named; {@code null} when none is. */
  @Nullable String configFile() {
    return agentArguments != null && agentArguments.startsWith(CONFIG)
        ? agentArguments.substring(CONFIG.length())
        : null;
  }

  void answer(String text) throws IOException {
    if (answerFile != null) {
      Files.writeString(Path.of(answerFile), text);
    }
  }
}
