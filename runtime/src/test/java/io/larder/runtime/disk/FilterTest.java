package io.larder.runtime.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FilterTest {

  @Test
  void mayHave_added_always() {
    Filter filter = new Filter();
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      long mark = random.nextLong();
      filter.add(mark);
      assertThat(filter.mayHave(mark)).isTrue();
    }
    Random again = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      assertThat(filter.mayHave(again.nextLong())).isTrue();
    }
  }

  @Test
  void mayHave_absent_seldom() {
    Filter filter = new Filter();
    Random random = new Random(1);
    for (int i = 0; i < 300_000; i++) {
      filter.add(random.nextLong());
    }
    int wrong = 0;
    for (int i = 0; i < 100_000; i++) {
      wrong += filter.mayHave(random.nextLong()) ? 1 : 0;
    }
    assertThat(wrong).isLessThan(3_000);
    assertThat(filter.bytes()).isLessThan(300_000 * 4);
  }

  @Test
  void parts_kept_knowTheSame() {
    Filter filter = new Filter();
    for (long i = 1; i < 100_000; i++) {
      filter.add(Marks.mix(i, 0, 0));
    }
    Filter kept = new Filter(filter.parts());
    for (long i = 1; i < 100_000; i++) {
      assertThat(kept.mayHave(Marks.mix(i, 0, 0))).isTrue();
    }
  }

  @Test
  void mayHave_empty_nothing() {
    assertThat(new Filter().mayHave(17)).isFalse();
  }
}
