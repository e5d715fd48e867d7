package io.larder.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.policy.DiskOptions;
import io.larder.runtime.time.FakeClock;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For how long what is on disk is in step with others. */
class HearingTest {

  @TempDir Path directory;

  private final FakeClock clock = new FakeClock();

  private static long session(Hearing hearing) {
    return hearing.session(/* away= */ false);
  }

  private static long sessionWhileAway(Hearing hearing) {
    return hearing.session(/* away= */ true);
  }

  @Test
  void session_othersCannotBeHeard_servesOnlyWhileTheyCannotBeAskedEither() {
    CacheRegistry registry = new CacheRegistry(clock, new ReferenceQueue<>());
    try (KeptNode node = new KeptNode(directory, /* uri= */ null, DiskOptions.NONE)) {
      Hearing hearing =
          new Hearing(node.disk, Duration.ofSeconds(30), clock, new ForgettingHere(registry));
      assertThat(sessionWhileAway(hearing)).as("never heard yet").isEqualTo(Hearing.NONE);

      hearing.coherent();
      long first = session(hearing);
      assertThat(first).isNotEqualTo(Hearing.NONE);
      hearing.doubtful();
      assertThat(session(hearing)).as("Redis knows better").isEqualTo(Hearing.NONE);
      assertThat(sessionWhileAway(hearing)).isEqualTo(first);
      clock.advance(Duration.ofSeconds(29));
      hearing.doubtful(); // still
      assertThat(sessionWhileAway(hearing)).isEqualTo(first);
      clock.advance(Duration.ofSeconds(1));
      assertThat(sessionWhileAway(hearing)).isEqualTo(Hearing.NONE);

      hearing.coherent();
      assertThat(session(hearing)).isNotIn(first, Hearing.NONE);
    }
  }
}
