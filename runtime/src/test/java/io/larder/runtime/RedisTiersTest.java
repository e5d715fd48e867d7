package io.larder.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.policy.RedisOptions;
import io.larder.runtime.policy.RedisSetting;
import io.larder.runtime.time.FakeClock;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisTiersTest {

  private final FakeClock clock = new FakeClock();
  private final CacheRegistry registry = new CacheRegistry(clock, new ReferenceQueue<>());

  @Test
  void open_secretFileThatCannotBeRead_leavesNothingBehind(@TempDir Path directory) {
    RedisOptions options =
        RedisOptions.NONE
            .with(RedisSetting.URI, "redis://127.0.0.1:1")
            .with(RedisSetting.SECRET_FILE, directory.resolve("absent").toString());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisTiers.open(new ForgettingHere(registry), options, clock))
        .withMessageStartingWith("redis.secretFile cannot be read: "); // threads: QuietExtension
  }

  @Test
  void areAway_switchedOff_nobodyAsks(LoggedLines lines) {
    RedisOptions options = RedisOptions.NONE.with(RedisSetting.URI, "redis://127.0.0.1:1");
    try (RedisTiers tiers = RedisTiers.open(new ForgettingHere(registry), options, clock)) {
      tiers.backend().setEnabled(false);
      assertThat(tiers.areAway("users")).isTrue();
    }
    lines.takeWarnings(); // nobody listens there
  }
}
