package io.larder.runtime.disk;

import io.larder.runtime.model.Tier;
import io.larder.runtime.model.TierContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The disk does what every tier does. */
class DiskTierContractTest extends TierContract {

  @TempDir Path directory;

  private DiskStore store;

  @BeforeEach
  void open() {
    store =
        DiskFixtures.open(
            DiskSettings.of(directory)
                .withMaximumBytes(DiskSettings.LEAST_BYTES)
                .withLongestTtl(TTL),
            clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected Tier create() {
    return store.tier(DiskFixtures.CACHE);
  }

  @Override
  protected Object key(String text) {
    return DiskFixtures.key(text);
  }
}
