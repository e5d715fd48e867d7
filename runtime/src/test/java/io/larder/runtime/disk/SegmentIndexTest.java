package io.larder.runtime.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SegmentIndexTest {

  private static long mark(long number) {
    return Marks.mix(number, 0, 0);
  }

  @Test
  void find_absent_zero() {
    assertThat(new SegmentIndex().find(mark(1))).isZero();
  }

  @Test
  void put_many_eachIsFound() {
    SegmentIndex index = new SegmentIndex();
    for (int i = 1; i <= 50_000; i++) {
      index.put(mark(i), i);
    }
    int shared = 0;
    for (int i = 1; i <= 50_000; i++) {
      shared += index.find(mark(i)) == i ? 0 : 1;
    }
    assertThat(shared).isLessThan(10);
    assertThat(index.size()).isBetween(49_990, 50_000);
  }

  @Test
  void put_again_replacesAndAnswersTheOneBefore() {
    SegmentIndex index = new SegmentIndex();
    assertThat(index.put(mark(1), 7)).isZero();
    assertThat(index.put(mark(1), 0xFFFFFFFFL)).isEqualTo(7);
    assertThat(index.find(mark(1))).isEqualTo(0xFFFFFFFFL);
    assertThat(index.size()).isEqualTo(1);
  }

  @Test
  void slots_kept_areTheSameIndex() {
    SegmentIndex index = new SegmentIndex();
    for (int i = 1; i <= 5_000; i++) {
      index.put(mark(i), i);
    }
    SegmentIndex kept = new SegmentIndex(index.slots(), index.size());
    assertThat(kept.find(mark(4_321))).isEqualTo(4_321);
    assertThat(kept.find(mark(54_321))).isZero();
  }

  @Test
  void find_tableThatSomebodyFilled_ends() {
    long[] full = new long[1_024];
    Arrays.fill(full, 1L << 32 | 5);
    assertThat(new SegmentIndex(full, 1_000).find(mark(2))).isZero();
  }

  @Test
  void create_noTable_isRefused() {
    assertThatThrownBy(() -> new SegmentIndex(new long[1_000], 1))
        .hasMessage("not a table: 1000 slots, 1");
  }
}
