package io.larder.runtime.disk;

import static java.lang.Thread.State.BLOCKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.disk.Tombstones.Replacement;
import io.larder.runtime.thread.Workers;
import io.larder.runtime.thread.Workers.Worker;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TombstonesTest {

  private static final long CACHE = Marks.cache("users");
  private static final long GROUP = 17;

  private final Numbering numbering = new Numbering();
  private final Tombstones tombstones = new Tombstones(numbering);

  @BeforeEach
  void open() {
    numbering.open(3);
  }

  private static StoredRecord entry(long clock) {
    return new StoredRecord(StoredRecord.WHOLE, CACHE, GROUP, clock, new byte[0]);
  }

  private long invalidate(long mark) {
    long number = tombstones.begin(mark);
    tombstones.know(mark, number);
    tombstones.end();
    return number;
  }

  @Test
  void allow_nothingInvalidated_counts() {
    assertThat(tombstones.allow(entry(numbering.last()), List.of("a"))).isTrue();
    assertThat(tombstones.allowStore(entry(numbering.last()), List.of("a"))).isTrue();
  }

  @Test
  void allow_groupInvalidatedSince_doesNot() {
    long before = numbering.last();
    long number = invalidate(GROUP);
    assertThat(tombstones.allow(entry(before), List.of())).isFalse();
    assertThat(tombstones.allowStore(entry(before), List.of())).isFalse();
    assertThat(tombstones.allow(entry(number), List.of())).isTrue();
    assertThat(tombstones.allowStore(entry(number), List.of())).isTrue();
  }

  @Test
  void allow_cacheOrTagInvalidatedSince_doesNot() {
    for (long mark : new long[] {CACHE, Marks.tag(CACHE, "a"), Marks.tag(Marks.ALL_CACHES, "b")}) {
      long before = numbering.last();
      invalidate(mark);
      assertThat(tombstones.allow(entry(before), List.of("b", "a"))).isFalse();
      assertThat(tombstones.allowStore(entry(before), List.of("b", "a"))).isFalse();
      assertThat(tombstones.allow(entry(numbering.last()), List.of("b", "a"))).isTrue();
    }
    long before = numbering.last();
    invalidate(Marks.tag(Marks.cache("other"), "a"));
    assertThat(tombstones.allow(entry(before), List.of("a"))).isTrue();
  }

  @Test
  void allowStore_notedOnlyForWhatComes_isRefused() {
    long before = numbering.last();
    var unused = tombstones.begin(GROUP);
    assertThat(tombstones.allowStore(entry(before), List.of())).isFalse();
    assertThat(tombstones.allow(entry(before), List.of())).isTrue();
  }

  @Test
  void allowStore_olderThanWhatIsRemembered_isRefused() {
    long before = numbering.last();
    var unused = tombstones.begin(GROUP);
    for (int i = 0; i < 200_000; i++) {
      var unusedToo = tombstones.begin(Marks.mix(i, 1, 1));
    }
    assertThat(tombstones.allowStore(entry(before), List.of())).isFalse();
    assertThat(tombstones.allowStore(entry(numbering.last()), List.of())).isTrue();
  }

  @Test
  void beginReplacing_othersWereInvalidatedMeanwhile_counts() {
    long before = numbering.last();
    invalidate(Marks.cache("others"));
    invalidate(GROUP + 1);
    invalidate(Marks.tag(CACHE, "b"));
    Replacement begun = tombstones.beginReplacing(entry(before), List.of("a"));
    assertThat(begun.counts()).isTrue();
    assertThat(tombstones.allowStore(entry(before), List.of("a"))).isFalse();
    assertThat(tombstones.allowStore(entry(begun.number()), List.of("a"))).isTrue();
    invalidate(Marks.tag(CACHE, "a"));
    assertThat(tombstones.allowStore(entry(begun.number()), List.of("a"))).isFalse();
  }

  @Test
  void beginReplacing_whatItDependsOnWasInvalidatedMeanwhile_doesNot() {
    long[] marks = {
      GROUP, CACHE, Marks.EVERYTHING, Marks.tag(CACHE, "a"), Marks.tag(Marks.ALL_CACHES, "a")
    };
    for (long mark : marks) {
      long before = numbering.last();
      invalidate(mark);
      assertThat(tombstones.beginReplacing(entry(before), List.of("a")).counts()).isFalse();
    }
    long before = numbering.last();
    assertThat(tombstones.beginReplacing(entry(before), List.of("a")).counts()).isTrue();
    assertThat(tombstones.beginReplacing(entry(before), List.of("a")).counts())
        .as("of two at a time nobody knows which is newer")
        .isFalse();
  }

  @Test
  void allow_belowTheFloor_doesNot() {
    long before = numbering.last();
    tombstones.raiseFloor(numbering.next());
    assertThat(tombstones.allow(entry(before), List.of())).isFalse();
    assertThat(tombstones.allowStore(entry(before), List.of())).isFalse();
    assertThat(tombstones.allow(entry(numbering.last()), List.of())).isTrue();
  }

  @Test
  void settled_whileOneIsUnderWay_isFromBefore() {
    long before = tombstones.settled();
    long number = tombstones.begin(GROUP);
    assertThat(tombstones.settled()).isEqualTo(before).isLessThan(number);
    tombstones.know(GROUP, number);
    tombstones.end();
    assertThat(tombstones.settled()).isEqualTo(number);
  }

  @Test
  void forgetUpTo_anEntryInHandThatIsOlder_doesNotCount() {
    long before = numbering.last();
    long number = invalidate(GROUP);
    tombstones.forgetUpTo(number);
    assertThat(tombstones.known().size()).isZero();
    assertThat(tombstones.allow(entry(before), List.of())).isFalse();
  }

  @Test
  void allow_itsInvalidationIsForgottenMeanwhile_doesNotCount() {
    long before = numbering.last();
    invalidate(Marks.tag(CACHE, "a"));
    List<String> tags =
        new AbstractList<>() {
          @Override
          public String get(int index) {
            tombstones.forgetUpTo(Long.MAX_VALUE);
            return "a";
          }

          @Override
          public int size() {
            return 1;
          }
        };
    assertThat(tombstones.allow(entry(before), tags)).isFalse();
    assertThat(tombstones.known().size()).isZero();
  }

  @Test
  void forgetUpTo_noneIsForgottenBeforeTheFloorIsRaised() throws Exception {
    long before = numbering.last();
    invalidate(GROUP);
    try (Workers workers = new Workers()) {
      Worker<Boolean> forgets;
      synchronized (tombstones) { // without which the floor stays
        forgets =
            workers.start(
                () -> {
                  tombstones.forgetUpTo(Long.MAX_VALUE);
                  return true;
                });
        await().until(() -> forgets.thread().getState() == BLOCKED || forgets.task().isDone());
        assertThat(tombstones.allow(entry(before), List.of())).isFalse();
      }
      assertThat(forgets.result()).isTrue();
      assertThat(tombstones.allow(entry(before), List.of())).isFalse();
    }
  }

  /** Else its mark could go to a table that is dropped too soon. */
  @Test
  void begin_whileAnotherOneIsNoted_hasNoNumberYet() throws Exception {
    long before = numbering.last();
    try (Workers workers = new Workers()) {
      CountDownLatch begins = new CountDownLatch(1);
      Worker<Long> other;
      synchronized (tombstones) {
        other =
            workers.start(
                () -> {
                  begins.countDown();
                  return tombstones.begin(GROUP);
                });
        begins.await();
        await().until(() -> other.thread().getState() == BLOCKED || other.task().isDone());
        assertThat(numbering.last()).isEqualTo(before);
        assertThat(tombstones.settled()).isEqualTo(before);
      }
      assertThat(other.result()).isGreaterThan(before);
      assertThat(tombstones.settled()).isEqualTo(before);
    }
  }

  @Test
  void forgetUpTo_keepsWhatIsLater() {
    long first = invalidate(GROUP);
    long second = invalidate(18);
    tombstones.forgetUpTo(first);
    assertThat(tombstones.known().get(GROUP)).isZero();
    assertThat(tombstones.known().get(18)).isEqualTo(second);
    assertThat(tombstones.known().size()).isEqualTo(1);
  }

  @Test
  void numbers_fromBeforeTheOpening_countAsOfIt() {
    Numbering early = new Numbering();
    long stamp = early.last();
    long number = early.next();
    early.open(5);
    assertThat(early.absolute(stamp)).isLessThan(early.absolute(number));
    assertThat(early.absolute(number)).isEqualTo(early.last());
    assertThat(early.absolute(stamp)).isGreaterThan(5L << 40);
  }
}
