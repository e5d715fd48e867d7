package io.larder.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.runtime.logging.Log;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WeavingLogTest {

  private final WeavingLog log = new WeavingLog();
  private final String method = "com.acme.Shop" + UUID.randomUUID() + ".price()J";

  @BeforeEach
  void keepStandardErrorClean() {
    Log.setLevel("off");
  }

  @AfterEach
  void restore() {
    Log.setLevel("info");
  }

  @Test
  void rejected_new_isListedAndLogged() {
    log.rejected(method, "it is native");

    assertThat(log.rejectedMethods()).containsExactly(method + " stays uncached: it is native");
    assertThat(loggedLines())
        .singleElement()
        .asString()
        .endsWith("WARN " + method + " stays uncached: it is native");
  }

  @Test
  void rejected_sameTextAgain_onlyOnce() {
    log.rejected(method, "it is native");
    log.rejected(method, "it is native");

    assertThat(log.rejectedMethods()).hasSize(1);
    assertThat(loggedLines()).hasSize(1);
  }

  @Test
  void rejected_sameMethodForAnotherReason_isListedToo() {
    log.rejected(method, "it is native");
    log.rejected(method, "it is abstract");

    assertThat(log.rejectedMethods()).hasSize(2);
  }

  @Test
  void rejected_moreThanAreKept_keepsTheFirst() {
    for (int i = 0; i < 1_500; i++) {
      log.rejected("m" + i, "it is native");
    }

    assertThat(log.rejectedMethods())
        .hasSize(1_000)
        .startsWith("m0 stays uncached: it is native")
        .endsWith("m999 stays uncached: it is native");
  }

  @Test
  void woven_isCountedOnceForEachMethod() {
    log.woven(method, "prices");
    log.woven(method, "prices");
    log.woven(method + "2", "prices");

    assertThat(log.wovenMethods()).isEqualTo(2);
    assertThat(log.rejectedMethods()).isEmpty();
  }

  @Test
  void rejectedMethods_isOfOneMoment() {
    List<String> before = log.rejectedMethods();
    log.rejected(method, "it is native");

    assertThat(before).isEmpty();
    assertThatThrownBy(() -> before.add("more")).isInstanceOf(UnsupportedOperationException.class);
  }

  private List<String> loggedLines() {
    return Log.recentLines().stream().filter(line -> line.contains(method)).toList();
  }
}
