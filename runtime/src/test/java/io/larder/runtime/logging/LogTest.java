package io.larder.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LogTest {

  private static final Logger logger = Log.logger(LogTest.class);

  private final PrintStream stderr = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void redirect() {
    System.setErr(new PrintStream(written, /* autoFlush= */ true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(stderr);
    Log.overrideLevel(null);
    Log.setLevel("info");
  }

  private String[] written() {
    return written.toString(StandardCharsets.UTF_8).split("\\R");
  }

  @Test
  void logger_writesThroughLog(LoggedLines lines) {
    logger.info("Cache \"{}\": {} entries", "prices", 5);
    logger.warn("It failed", new IllegalStateException("why"));
    assertThat(written())
        .containsExactly(
            "[larder] INFO Cache \"prices\": 5 entries",
            "[larder] WARN It failed (java.lang.IllegalStateException: why)");
    assertThat(lines.takeInfos()).containsExactly("INFO Cache \"prices\": 5 entries");
    assertThat(lines.takeWarnings())
        .containsExactly("WARN It failed (java.lang.IllegalStateException: why)");
  }

  @Test
  void line_belowTheLevel_isNotWrittenAndKeptFromInfoOn(LoggedLines lines) {
    Log.setLevel(" Error ");
    logger.debug("one");
    logger.info("two");
    assertThat(written.size()).isZero();
    assertThat(logger.isWarnEnabled()).isFalse();
    Log.line(Log.Level.INFO, "three");
    assertThat(written.size()).isZero();
    assertThat(lines.takeInfos()).containsExactly("INFO three");
  }

  @Test
  void setLevel_trace_writesAll() {
    Log.setLevel("trace");
    logger.trace("one");
    logger.debug("two");
    assertThat(written()).containsExactly("[larder] TRACE one", "[larder] DEBUG two");
    assertThat(Log.recentLines()).noneMatch(line -> line.contains("DEBUG two"));
  }

  @Test
  void overrideLevel_isStrongerThanSetLevel() {
    Log.overrideLevel("error");
    Log.setLevel("info");
    logger.info("one");
    assertThat(written.size()).isZero();
    Log.overrideLevel(null);
    Log.setLevel("info");
    logger.info("two");
    assertThat(written()).containsExactly("[larder] INFO two");
  }

  @Test
  void setLevel_unknown_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Log.setLevel("loud"))
        .withMessage("log must be trace, debug, info, warn, error or off: \"loud\"");
  }

  @Test
  void recentLines_areTheLast100_newestFirst() {
    for (int i = 0; i < 150; i++) {
      Log.line(Log.Level.INFO, "line " + i);
    }
    assertThat(Log.recentLines()).hasSize(100);
    assertThat(Log.recentLines().get(0)).endsWith(" INFO line 149");
    assertThat(Log.recentLines().get(99)).endsWith(" INFO line 50");
    assertThat(Log.recentLines().get(0)).matches("\\d\\d:\\d\\d(:\\d\\d)? INFO line 149");
  }
}
