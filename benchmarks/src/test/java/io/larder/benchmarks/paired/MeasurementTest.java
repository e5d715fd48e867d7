package io.larder.benchmarks.paired;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasurementTest {

  @Test
  void parse_ofToLine_isTheSame() {
    Measurement measurement = new Measurement("Caffeine + expireAfterWrite", 31.25, 24, 0.1875);
    assertThat(Measurement.parse(measurement.toLine())).contains(measurement);
  }

  @Test
  void parse_anotherLine_isEmpty() {
    assertThat(Measurement.parse("Started BootShop in 5.6 seconds")).isEmpty();
  }
}
