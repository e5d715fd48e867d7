package io.larder.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.model.KeyFixtures.InstanceAndNumber;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstanceKeyTest {

  private final ReferenceQueue<Object> queue = new ReferenceQueue<>();
  private final List<Key> dropped = new ArrayList<>();

  private final InstanceKey.Owner owner =
      new InstanceKey.Owner() {
        @Override
        public ReferenceQueue<Object> goneInstances() {
          return queue;
        }

        @Override
        public void drop(Key key) {
          dropped.add(key);
        }
      };

  /** All instances are equal, and yet to be told apart. */
  private static final class Service {
    @Override
    public boolean equals(Object other) {
      return other instanceof Service;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  private final Service one = new Service();
  private final Service other = new Service();

  @Test
  void equals_byIdentityOfTheInstanceAndArguments() {
    InstanceKey key = new InstanceAndNumber(one, 7);
    assertThat(key)
        .isEqualTo(new InstanceAndNumber(one, 7))
        .hasSameHashCodeAs(new InstanceAndNumber(one, 7))
        .isNotEqualTo(new InstanceAndNumber(other, 7))
        .isNotEqualTo(new InstanceAndNumber(one, 8));
    assertThat(key.sameArguments(new InstanceAndNumber(other, 7))).isTrue();
  }

  @Test
  void detach_equalsTheLookup_inBothDirections() {
    Key stored = new InstanceAndNumber(one, 7).detach(owner);
    assertThat(stored)
        .isEqualTo(new InstanceAndNumber(one, 7))
        .hasSameHashCodeAs(new InstanceAndNumber(one, 7));
    assertThat(new InstanceAndNumber(one, 7)).isEqualTo(stored);
    assertThat(new InstanceAndNumber(other, 7).equals(stored)).isFalse();
    assertThat(stored.equals(new InstanceAndNumber(other, 7))).isFalse();
  }

  @Test
  void detach_twice_areEqual() {
    Key stored = new InstanceAndNumber(one, 7).detach(owner);
    assertThat(stored).isEqualTo(new InstanceAndNumber(one, 7).detach(owner));
    assertThat(stored.equals(new InstanceAndNumber(other, 7).detach(owner))).isFalse();
  }

  @Test
  void detach_instanceCollected_isQueuedAndDropsItsKey() {
    Object[] instance = {new Service()};
    Key stored = new InstanceAndNumber(instance[0], 7).detach(owner);
    Key kept = new InstanceAndNumber(one, 7).detach(owner);
    instance[0] = one;
    Reference<?>[] gone = new Reference<?>[1];
    await()
        .until(
            () -> {
              System.gc();
              gone[0] = queue.poll();
              return gone[0] != null;
            });
    ((InstanceKey.Gone) gone[0]).drop();
    assertThat(dropped).singleElement().isSameAs(stored);
    assertThat(kept).isEqualTo(new InstanceAndNumber(one, 7));
  }

  @Test
  void equals_bothInstancesGone_isFalse() {
    Object[] instance = {new Service()};
    Key first = new InstanceAndNumber(instance[0], 7).detach(owner);
    Key second = new InstanceAndNumber(instance[0], 7).detach(owner);
    assertThat(first).isEqualTo(second);
    instance[0] = one;
    await()
        .until(
            () -> {
              System.gc();
              return !first.equals(second);
            });
  }
}
