package io.larder.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.larder.runtime.model.Key;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.thread.Workers;
import io.larder.runtime.time.FakeClock;
import java.lang.management.ManagementFactory;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagInvalidationTest {

  private static final TagSource ONE = FixedTags.of("product:1");
  private static final TagSource OF_RESULT =
      FixedTags.ofResult(result -> List.of("product:" + result));

  private final Cache cache =
      new Cache(
          "prices",
          CachePolicy.DEFAULT,
          new FakeClock(),
          /* slowTiers= */ null,
          new ReferenceQueue<>());
  private final AtomicInteger runs = new AtomicInteger();

  private @Nullable Object find(Object key, TagSource tags) throws Exception {
    return WovenCall.call(cache, key, tags, runs::incrementAndGet);
  }

  private static TagSource tagsOf(boolean ofResult) {
    return ofResult ? OF_RESULT : ONE;
  }

  @Test
  void invalidateTag_entriesThatHaveIt_areLoadedAgain_andNoOthers() throws Exception {
    find("a", ONE);
    find("b", FixedTags.of("product:2", "product:1"));
    find("c", FixedTags.of("product:2"));
    find("d", FixedTags.of());
    assertThat(cache.invalidateTag("product:1")).isTrue();
    assertThat(find("a", ONE)).isEqualTo(5);
    assertThat(find("b", ONE)).isEqualTo(6);
    assertThat(find("c", ONE)).isEqualTo(3);
    assertThat(find("d", ONE)).isEqualTo(4);
    assertThat(find("a", ONE)).isEqualTo(5);
    assertThat(cache.counters().tagInvalidations.sum()).isEqualTo(1);
  }

  @Test
  void invalidateTag_thatNobodyHas_isUnknown() throws Exception {
    find("a", ONE);
    assertThat(cache.invalidateTag("product:2")).isFalse();
    assertThat(find("a", ONE)).isEqualTo(1);
    assertThat(cache.counters().tagInvalidations.sum()).isZero();
  }

  /** Also when no entry has the tag yet, so that the table does not know it. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void invalidateTag_whileLoading_resultGoesToItsCallerAndIsNotStored(boolean ofResult)
      throws Exception {
    TagSource tags = tagsOf(ofResult);
    Object loaded =
        WovenCall.call(
            cache,
            "a",
            tags,
            () -> {
              cache.invalidateTag("product:1");
              return 1;
            });
    assertThat(loaded).isEqualTo(1);
    assertThat(WovenCall.call(cache, "a", tags, () -> 2)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void invalidateTag_whileLoading_ofAnother_isStored(boolean ofResult) throws Exception {
    TagSource tags = tagsOf(ofResult);
    WovenCall.call(
        cache,
        "a",
        tags,
        () -> {
          cache.invalidateTag("product:7");
          return 1;
        });
    assertThat(WovenCall.call(cache, "a", tags, () -> 2)).isEqualTo(1);
  }

  /** Who came before the invalidation may get the old result; who comes after it may not. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void invalidateTag_whileOthersWait_goesToThoseWhoCameBefore(boolean ofResult) throws Exception {
    TagSource tags = tagsOf(ofResult);
    for (int round = 0; round < 50; round++) {
      String key = "key" + round;
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch open = new CountDownLatch(1);
      try (Workers workers = new Workers()) {
        var leader =
            workers.start(
                () ->
                    WovenCall.call(
                        cache,
                        key,
                        tags,
                        () -> {
                          inside.countDown();
                          assertThat(open.await(30, TimeUnit.SECONDS)).isTrue();
                          return 1;
                        }));
        assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
        cache.invalidateTag("product:1");
        var late = workers.start(() -> WovenCall.call(cache, key, tags, () -> 2));
        if (ofResult) { // whether it is meant is not known before the load ends
          await().until(() -> late.thread().getState() == Thread.State.TIMED_WAITING);
        }
        open.countDown();
        assertThat(leader.result()).isEqualTo(1);
        assertThat(late.result()).isEqualTo(2);
        assertThat(WovenCall.call(cache, key, tags, () -> 3)).isEqualTo(2);
      }
    }
  }

  @Test
  void load_whoseTagsCannotBeRead_isNotStored() throws Exception {
    TagSource unreadable = FixedTags.ofResult(result -> null);
    assertThat(find("a", unreadable)).isEqualTo(1);
    assertThat(find("a", unreadable)).isEqualTo(2);
    assertThat(cache.counters().loads()).isEqualTo(2);
  }

  @Test
  void tags_goWithTheirEntries() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      find(i, FixedTags.of("product:" + i));
    }
    assertThat(cache.tags().size()).isEqualTo(1_000);
    cache.invalidateAll();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              cache.statistics(); // does what Caffeine's own thread may not have come to
              System.gc();
              return cache.tags().size() == 0;
            });
  }

  /** An argument that counts what is done with it. */
  private static final class CountingKey extends Key {

    private static int looks;
    private final int number;

    CountingKey(int number) {
      this.number = number;
    }

    @Override
    protected int computeHash() {
      looks++;
      return number;
    }

    @Override
    public boolean sameArguments(Key other) {
      looks++;
      return ((CountingKey) other).number == number;
    }

    @Override
    protected Key copy() {
      return new CountingKey(number);
    }

    @Override
    public Object[] arguments() {
      return new Object[] {number};
    }
  }

  /** It neither looks at an entry, nor removes one, nor allocates more when there are more. */
  @Test
  void invalidateTag_workIsTheSameForAnyNumberOfEntries() throws Exception {
    cache.setPolicy(new CachePolicy(null, 0, 0, Duration.ofSeconds(5)));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] allocated = new long[2];
    int[] sizes = {1_000, 100_000};
    for (int i = 0; i < sizes.length; i++) {
      for (int number = 0; number < sizes[i]; number++) {
        find(new CountingKey(number).hashed(), ONE);
      }
      assertThat(cache.memory().statistics().entries()).isEqualTo(sizes[i]);
      cache.invalidateTag("product:2"); // so that all classes are there
      int before = CountingKey.looks;
      long bytes = threads.getCurrentThreadAllocatedBytes();
      cache.invalidateTag("product:1");
      allocated[i] = threads.getCurrentThreadAllocatedBytes() - bytes;
      assertThat(CountingKey.looks).isEqualTo(before);
      assertThat(cache.memory().statistics().entries()).isEqualTo(sizes[i]);
      assertThat(cache.memory().count(entry -> entry.isAlive())).isZero();
    }
    assertThat(allocated[1]).isLessThanOrEqualTo(allocated[0] + 1_000);
  }

  /** What a front noted before is not repeated, nor what it notes meanwhile. */
  @Test
  void invalidateTag_answersInTheFront_areForgotten() throws Exception {
    for (int round = 0; round < 10; round++) {
      Object first = find("a", ONE);
      assertThat(find("a", ONE)).isEqualTo(first);
      assertThat(find("a", ONE)).isEqualTo(first);
      cache.invalidateTag("product:1");
      assertThat(find("a", ONE)).isNotEqualTo(first);
    }
    assertThat(cache.memory().fronts()).isNotEmpty();
  }
}
