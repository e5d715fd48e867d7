package io.larder.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineageTest {

  private final Tag one = new Tag("product:1");
  private final Tag other = new Tag("brand:7");

  @Test
  void isAlive_untilAnyTagIsInvalidatedAfterTheBirth() {
    one.invalidate(5);
    Lineage born = new Lineage(List.of(one, other), /* bornAt= */ 5, /* stamp= */ 0);
    assertThat(born.isAlive()).isTrue();
    other.invalidate(5);
    assertThat(born.isAlive()).as("an invalidation that the load saw").isTrue();
    other.invalidate(6);
    assertThat(born.isAlive()).isFalse();
    assertThat(new Lineage(List.of(one, other), 6, 0).isAlive()).isTrue();
    assertThat(new Lineage(List.of(), 0, 0).isAlive()).isTrue();
  }

  @Test
  void invalidate_overtakenByANewerOne_changesNothing() {
    one.invalidate(7);
    one.invalidate(6);
    assertThat(one.invalidatedAt()).isEqualTo(7);
  }

  @Test
  void has_itsTagsAndNoOthers() {
    Lineage born = new Lineage(List.of(one, other), 0, 0);
    assertThat(born.has("brand:7")).isTrue();
    assertThat(born.has("brand:8")).isFalse();
  }

  /** Names may be made of arguments. */
  @Test
  void toString_showsNoName() {
    assertThat(new Lineage(List.of(one), 0, 0).toString()).doesNotContain("product");
  }
}
