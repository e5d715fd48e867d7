package io.larder.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.thread.Workers;
import io.larder.runtime.time.FakeClock;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PutTest {

  private final Cache cache =
      new Cache(
          "prices",
          CachePolicy.DEFAULT,
          new FakeClock(),
          /* slowTiers= */ null,
          new ReferenceQueue<>());
  private final CachedCall call = new WovenCall.RawCall("com.acme.Dao.find(String)");

  PutTest() {
    cache.add(call);
  }

  private @Nullable Object find(String key, Object loaded) throws Exception {
    return WovenCall.call(cache, key, () -> loaded);
  }

  private PutPlace place(String key) {
    return new PutPlace(call, key, ResultType.of(Object.class), /* tags= */ null);
  }

  private boolean put(PutUnderWay put, String key, @Nullable Object value) {
    put.setReturned();
    boolean stored = cache.put(put, place(key), value, key);
    cache.endPut(put);
    return stored;
  }

  @Test
  void put_isTheResultOfTheNextCall() throws Exception {
    find("a", "loaded");
    assertThat(put(cache.beginPut(), "a", "put")).isTrue();
    assertThat(find("a", "again")).isEqualTo("put");
    assertThat(put(cache.beginPut(), "b", null)).isTrue();
    assertThat(find("b", "again")).isNull();
    assertThat(cache.counters().updates.sum()).isEqualTo(2);
  }

  @Test
  void put_notWanted_forgetsWhatIsThere() throws Exception {
    ResultType texts = ResultType.of(String.class, result -> "".equals(result));
    for (Object unwanted : new Object[] {7, ""}) {
      find("a", "loaded");
      PutUnderWay put = cache.beginPut();
      assertThat(cache.put(put, new PutPlace(call, "a", texts, null), unwanted, "a")).isFalse();
      cache.endPut(put);
      assertThat(find("a", "again")).isEqualTo("again");
    }
  }

  /** The load read what was there before the put. */
  @Test
  void put_whileALoadIsUnderWay_isNotOverwritten() throws Exception {
    for (int round = 0; round < 100; round++) {
      String key = "key" + round;
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch open = new CountDownLatch(1);
      try (Workers workers = new Workers()) {
        var loading =
            workers.start(
                () ->
                    WovenCall.call(
                        cache,
                        key,
                        () -> {
                          inside.countDown();
                          assertThat(open.await(30, TimeUnit.SECONDS)).isTrue();
                          return "old";
                        }));
        assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(put(cache.beginPut(), key, "put")).isTrue();
        open.countDown();
        assertThat(loading.result()).isEqualTo("old");
        assertThat(find(key, "again")).isEqualTo("put");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "all", "keys", "other put"})
  void put_whenTheKeyIsForgottenMeanwhile_isNotStored(String how) throws Exception {
    find("a", "loaded");
    PutUnderWay put = cache.beginPut();
    switch (how) {
      case "key" -> cache.invalidate("a");
      case "all" -> cache.invalidateAll();
      case "keys" -> cache.invalidateKeys("a"::equals);
      default -> put(cache.beginPut(), "a", "of the other");
    }
    assertThat(put(put, "a", "put")).isFalse();
    assertThat(find("a", "again")).isEqualTo("again");
  }

  @Test
  void put_whenAnotherKeyIsForgottenMeanwhile_isStored() throws Exception {
    PutUnderWay put = cache.beginPut();
    cache.invalidate("b");
    put(cache.beginPut(), "c", "of the other");
    assertThat(put(put, "a", "put")).isTrue();
    assertThat(find("a", "again")).isEqualTo("put");
  }

  @Test
  void put_afterMoreInvalidationsThanItRemembers_isNotStored() {
    PutUnderWay put = cache.beginPut();
    for (int i = 0; i <= 1_000; i++) {
      cache.invalidate("b");
    }
    assertThat(put(put, "a", "put")).isFalse();
  }

  @Test
  void put_whatTheSameCallForgetsWhenItReturned_doesNotConcernIt() throws Exception {
    TagSource tags = FixedTags.of("product:1");
    PutUnderWay put = cache.beginPut();
    put.setReturned();
    cache.invalidateAll();
    cache.invalidateTag("product:1");
    assertThat(
            cache.put(put, new PutPlace(call, "a", ResultType.of(Object.class), tags), "put", "a"))
        .isTrue();
    cache.endPut(put);
    assertThat(find("a", "again")).isEqualTo("put");
    cache.invalidateTag("product:1");
    assertThat(find("a", "again")).isEqualTo("again");
  }

  @Test
  void put_whoseTagIsInvalidatedMeanwhile_isNotStored() throws Exception {
    TagSource tags = FixedTags.ofResult(result -> List.of("product:" + result));
    for (int value = 1; value <= 2; value++) {
      PutUnderWay put = cache.beginPut();
      cache.invalidateTag("product:1");
      PutPlace place = new PutPlace(call, "a", ResultType.of(Object.class), tags);
      assertThat(cache.put(put, place, value, "a")).isEqualTo(value == 2);
      cache.endPut(put);
    }
  }

  @Test
  void put_whileSwitchedOff_isNotStored() {
    cache.setEnabled(false);
    assertThat(put(cache.beginPut(), "a", "put")).isFalse();
  }
}
