package io.larder.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.codec.AllowedClasses;
import io.larder.runtime.codec.KeyCodec;
import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.codec.ValueCodecs;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class SharedKeysTest {

  /** So many, and one more, begin the first sweep. */
  private static final int BEFORE_A_SWEEP = 1_024;

  private final SharedKeys keys = new SharedKeys();

  @Test
  void add_twice_isKnownOnce() throws Exception {
    keys.add(tierKey(1), 1L, SharedKeysTest::noneIsInUse);
    keys.add(tierKey(1), 1L, SharedKeysTest::noneIsInUse);
    assertThat(keys.of(KeyCodec.group(1L))).containsExactly(1L);
  }

  @Test
  void add_sameBytesOfAnUnequalKey_knowsBoth() throws Exception {
    keys.add(tierKey(1), 1L, SharedKeysTest::noneIsInUse);
    keys.add(tierKey(1), "another", SharedKeysTest::noneIsInUse);
    assertThat(keys.of(KeyCodec.group(1L))).containsExactlyInAnyOrder(1L, "another");
  }

  @Test
  void add_many_forgetsThoseThatAreNotInUse() throws Exception {
    addUpToASweep(key -> key.equals(7L));
    assertThat(keys.of(KeyCodec.group(7L))).containsExactly(7L);
    assertThat(keys.of(KeyCodec.group(8L))).isEmpty();
  }

  @Test
  void add_knownWhileASweepLooksAtIt_staysKnown() throws Exception {
    addUpToASweep(
        key -> {
          if (key.equals(7L)) {
            keys.add(
                tierKey(7),
                7L,
                SharedKeysTest::noneIsInUse); // by another thread, which is about to load it
          }
          return false;
        });
    assertThat(keys.of(KeyCodec.group(7L))).containsExactly(7L);
    assertThat(keys.of(KeyCodec.group(8L))).isEmpty();
  }

  @Test
  void add_forgottenByASweep_isKnownAgain() throws Exception {
    addUpToASweep(SharedKeysTest::noneIsInUse);
    keys.add(tierKey(8), 8L, SharedKeysTest::noneIsInUse);
    assertThat(keys.of(KeyCodec.group(8L))).containsExactly(8L);
  }

  private static boolean noneIsInUse(Object key) {
    return false;
  }

  private void addUpToASweep(Predicate<Object> isInUse) {
    for (long key = 0; key <= BEFORE_A_SWEEP; key++) {
      keys.add(tierKey(key), key, isInUse);
    }
  }

  private static TierKey tierKey(long key) {
    try {
      KeyHash hash = KeyCodec.group(key);
      return new TierKey(
          "cache",
          hash,
          hash,
          ValueCodecs.of(
              "auto", SharedKeysTest.class.getClassLoader(), String.class, AllowedClasses.none()),
          /* ttlMillis= */ 0);
    } catch (NotStorableException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
