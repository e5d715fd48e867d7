package io.larder.runtime.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.disk.StoreHeader.Field;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a store while its log is renewed. */
class OpenStoreTest {

  private static final int CAPACITY = 10;

  @TempDir Path directory;

  /** Whether an invalidation was noted that came while the new log was being filled. */
  private boolean noted;

  private OpenStore store(StorePlace place, TombstoneLog log) throws IOException {
    return store(place, log, /* wasClean= */ false);
  }

  private OpenStore store(StorePlace place, TombstoneLog log, boolean wasClean) throws IOException {
    StoreHeader header = StoreHeader.create(place.file(StoreOpening.HEADER), 42);
    header.set(Field.LOG, 1);
    return new OpenStore(place, header, new Tombstones(new Numbering()), log, CAPACITY, wasClean) {
      @Override
      void copyKnown(TombstoneLog to) throws IOException {
        noted = append(100, 200);
        super.copyKnown(to);
      }
    };
  }

  @Test
  void append_whileTheLogIsRenewed_isNotedInBoth() throws IOException {
    try (StorePlace place = StorePlace.take(directory, "app")) {
      TombstoneLog log = TombstoneLog.create(place.file("log-1"), 42, CAPACITY);
      OpenStore store = store(place, log);
      store.renewLog();
      assertThat(noted).isTrue();
      assertThat(log.fill()).isEqualTo(0.1);
      assertThat(store.append(101, 201)).isTrue();
    }
  }

  /** Whoever opens the files when the JVM is killed right then reads the old one. */
  @Test
  void append_theOldLogIsFullWhileItIsRenewed_isNotNoted() throws IOException {
    try (StorePlace place = StorePlace.take(directory, "app")) {
      TombstoneLog log = TombstoneLog.create(place.file("log-1"), 42, CAPACITY);
      for (int i = 1; i <= CAPACITY; i++) {
        assertThat(log.append(i, i)).isTrue();
      }
      OpenStore store = store(place, log);
      store.renewLog();
      assertThat(noted).isFalse();
      assertThat(store.append(101, 201)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void close_entriesWereNotOpened_leavesThemAsTheyWere(boolean wasClean) throws IOException {
    StorePlace place = StorePlace.take(directory, "app");
    OpenStore store =
        store(place, TombstoneLog.create(place.file("log-1"), 42, CAPACITY), wasClean);
    store.markOpen();
    store.close(/* nowMillis= */ 5);
    assertThat(store.header().get(Field.STATE))
        .isEqualTo(wasClean ? StoreHeader.CLEAN : StoreHeader.OPEN);
  }

  @Test
  void voidAll_openedOrClosedAfterwards_staysVoid() throws IOException {
    StorePlace place = StorePlace.take(directory, "app");
    OpenStore store = store(place, TombstoneLog.create(place.file("log-1"), 42, CAPACITY), true);
    store.voidAll();
    store.markOpen();
    assertThat(store.header().get(Field.STATE)).isEqualTo(StoreHeader.VOID);
    store.close(/* nowMillis= */ 5);
    assertThat(store.header().get(Field.STATE)).isEqualTo(StoreHeader.VOID);
  }

  @Test
  void voidUnlessOpen_isTakenBackByTheOpening_andDoesNothingAfterIt() throws IOException {
    StoreHeader header = StoreHeader.create(directory.resolve("store"), 42);
    header.voidUnlessOpen();
    header.markOpen();
    header.voidUnlessOpen();
    assertThat(header.get(Field.STATE)).isEqualTo(StoreHeader.OPEN);
  }
}
