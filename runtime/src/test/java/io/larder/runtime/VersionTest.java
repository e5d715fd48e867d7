package io.larder.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionTest {

  @Test
  void read_isTheBuilds() {
    assertThat(Version.read()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
  }
}
