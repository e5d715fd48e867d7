package org.mapdb.carried.guava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.mapdb.carried.guava.cache.Cache;
import org.mapdb.carried.guava.cache.CacheBuilder;
import org.mapdb.carried.guava.collect.Iterators;

class StandInsTest {

  @Test
  void concat_emptyOnesBetween_givesAllInOrder() {
    Iterator<Integer> all =
        Iterators.concat(
            List.of(
                    List.<Integer>of().iterator(),
                    List.of(1, 2).iterator(),
                    List.<Integer>of().iterator(),
                    List.of(3).iterator())
                .iterator());
    List<Integer> seen = new ArrayList<>();
    all.forEachRemaining(seen::add);

    assertThat(seen).containsExactly(1, 2, 3);
    assertThatThrownBy(all::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void concat_removeAfterLookingAhead_removesTheLast() {
    List<Integer> first = new ArrayList<>(List.of(1));
    List<Integer> second = new ArrayList<>(List.of(2));
    Iterator<Integer> all =
        Iterators.concat(List.of(first.iterator(), second.iterator()).iterator());
    all.next();
    assertThat(all.hasNext()).isTrue();
    all.remove();

    assertThat(first).isEmpty();
    assertThat(second).containsExactly(2);
  }

  @Test
  void concat_ofNothing_hasNoNext() {
    assertThat(Iterators.concat(Collections.emptyIterator()).hasNext()).isFalse();
  }

  @Test
  void cache_whileHeldElsewhere_keeps() {
    Cache<String, Object> cache =
        CacheBuilder.newBuilder().concurrencyLevel(1).weakValues().build();
    Object value = new Object();
    cache.put("a", value);

    assertThat(cache.getIfPresent("a")).isSameAs(value);
    assertThat(cache.getIfPresent("b")).isNull();
    assertThat(cache.asMap()).containsEntry("a", value).hasSize(1);
  }
}
