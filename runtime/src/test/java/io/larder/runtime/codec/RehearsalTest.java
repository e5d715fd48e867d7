package io.larder.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RehearsalTest {

  @Test
  void thereAndBack_isTheValue() throws Exception {
    EnvelopeFormat format = EnvelopeFormat.plain().withCompression(Compression.LZ4, 0);

    assertThat(Rehearsal.thereAndBack(Rehearsal.key(), format)).isEqualTo(Rehearsal.result());
  }
}
