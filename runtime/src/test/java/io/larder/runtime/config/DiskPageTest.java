package io.larder.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about the disk: its examples are configurations. */
class DiskPageTest {

  private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @Test
  void examples_areRead() throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(Path.of("..", "docs", "disk.md")));
    int blocks = 0;
    while (block.find()) {
      ConfigurationFile.Result read = ConfigurationFile.parse("larder.yaml", block.group(1));
      assertThat(read.problems()).isEmpty();
      assertThat(read.configuration())
          .satisfies(said -> assertThat(said.disk().directory()).isEqualTo("/var/cache/shop"));
      blocks++;
    }
    assertThat(blocks).isEqualTo(2);
  }
}
