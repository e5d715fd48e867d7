package io.larder.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachRequestTest {

  @Test
  void parse_command_hasAnAnswerFile() {
    assertThat(AttachRequest.parse("command=explain;answer=/tmp/a"))
        .isEqualTo(new AttachRequest("explain", "/tmp/a", null));
  }

  @Test
  void parse_attach_hasArgumentsForTheAgent() {
    AttachRequest request =
        AttachRequest.parse("command=attach;answer=/tmp/a;config=/etc/my larder=1.yaml");
    assertThat(request.agentArguments()).isEqualTo("config=/etc/my larder=1.yaml");
    assertThat(request.configFile()).isEqualTo("/etc/my larder=1.yaml");
  }

  /** Other programs load agents with the arguments that -javaagent takes. */
  @Test
  void parse_anythingElse_isAttachedWithTheseArguments() {
    assertThat(AttachRequest.parse("log=debug;enabled=true"))
        .isEqualTo(new AttachRequest("attach", null, "log=debug;enabled=true"));
    assertThat(AttachRequest.parse(null)).isEqualTo(new AttachRequest("attach", null, null));
    assertThat(AttachRequest.parse("log=debug").configFile()).isNull();
  }

  @Test
  void answer_isWrittenToTheFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("answer");
    AttachRequest.parse("command=summary;answer=" + file).answer("fine \u6587");
    assertThat(Files.readString(file)).isEqualTo("fine \u6587");
    AttachRequest.parse("log=debug").answer("to nobody");
  }
}
