package io.larder.runtime.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

  private static final long PLENTY = 1 << 20;

  private final List<Long> read = new ArrayList<>();

  private int read(long mark) {
    read.add(mark);
    return 10;
  }

  private static long[] marks(int count) {
    return LongStream.rangeClosed(1, count).toArray();
  }

  private void readAll(ReadAhead ahead) {
    while (ahead.step(this::read)) {
      assertThat(read).hasSizeLessThan(100_000);
    }
  }

  @Test
  void step_readsAFewAtATime_hottestFirst() {
    ReadAhead ahead = new ReadAhead(marks(250), PLENTY);
    assertThat(ahead.step(this::read)).isTrue();
    assertThat(read).hasSize(ReadAhead.BATCH).startsWith(1L, 2L, 3L);
    assertThat(ahead.figures().state()).isEqualTo("reading");
    readAll(ahead);

    assertThat(read).hasSize(250).doesNotHaveDuplicates();
    assertThat(ahead.hasEnded()).isTrue();
    assertThat(ahead.figures()).isEqualTo(new WarmStartFigures(250, 250, 0, 2_500, "done"));
  }

  @Test
  void nothingNamed_isDoneAtOnce() {
    assertThat(new ReadAhead(marks(0), PLENTY).hasEnded()).isTrue();
  }

  @Test
  void step_enoughBytes_ends() {
    ReadAhead ahead = new ReadAhead(marks(250), 150);
    readAll(ahead);
    assertThat(read).hasSize(15);
  }

  @Test
  void step_gone_doesNotCount() {
    ReadAhead ahead = new ReadAhead(marks(10), PLENTY);
    assertThat(ahead.step(mark -> -1)).isFalse();
    ahead.looked(1);
    assertThat(ahead.figures()).isEqualTo(new WarmStartFigures(10, 0, 0, 0, "done"));
  }

  @Test
  void looked_countsEachOnce() {
    ReadAhead ahead = new ReadAhead(marks(10), PLENTY);
    readAll(ahead);
    ahead.looked(3);
    ahead.looked(3);
    ahead.looked(77);
    assertThat(ahead.figures().used()).isEqualTo(1);
  }

  @Test
  void step_otherThingsAreAskedFor_givesUp() {
    ReadAhead ahead = new ReadAhead(marks(10_000), PLENTY);
    for (int i = 0; i < 5; i++) {
      assertThat(ahead.step(this::read)).isTrue();
    }
    LongStream.range(0, 149).forEach(ahead::looked); // 148 of 500
    LongStream.range(100_000, 100_900).forEach(ahead::looked);
    assertThat(ahead.step(this::read)).isFalse();
    assertThat(ahead.hasEnded()).isTrue();
    assertThat(ahead.figures().read()).isEqualTo(500);
    assertThat(ahead.figures().state()).isEqualTo("stopped: too little of it was asked for");
  }

  @Test
  void step_enoughOfItIsAskedFor_goesOn() {
    ReadAhead ahead = new ReadAhead(marks(1_000), PLENTY);
    for (int i = 0; i < 5; i++) {
      assertThat(ahead.step(this::read)).isTrue();
    }
    LongStream.rangeClosed(1, 300).forEach(ahead::looked);
    LongStream.range(100_000, 100_900).forEach(ahead::looked);
    assertThat(ahead.step(this::read)).isTrue();
  }
}
