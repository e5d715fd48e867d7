package io.larder.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cached;
import io.larder.bootstrap.LarderLink;
import io.larder.runtime.logging.Log;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CachingTransformerTest {

  private static final ClassLoader APPLICATION =
      new ClassLoader(CachingTransformerTest.class.getClassLoader()) {};

  private final AtomicInteger starts = new AtomicInteger();

  /** What the transformer is given. */
  static class Shop {
    @Cached
    int price(int product) {
      return product * 100;
    }
  }

  @BeforeEach
  void keepStandardErrorClean() {
    Log.setLevel("off");
  }

  @AfterEach
  void restore() {
    Log.setLevel("info");
    LarderLink.install(null, null, null, null);
  }

  @Test
  void transform_annotatedClass_weaves() {
    assertThat(started().transform(APPLICATION, "a/A", null, null, shop())).isNotNull();
    assertThat(starts).hasValue(1);
  }

  @Test
  void transform_secondClass_doesNotStartAgain() {
    CachingTransformer transformer = started();
    transformer.transform(APPLICATION, "a/A", null, null, shop());

    assertThat(transformer.transform(APPLICATION, "a/B", null, null, shop())).isNotNull();
    assertThat(starts).hasValue(1);
  }

  @Test
  void transform_classWithoutAnnotation_startsNothing() {
    byte[] plain = ClassFiles.of(CachingTransformerTest.class);

    assertThat(started().transform(APPLICATION, "a/A", null, null, plain)).isNull();
    assertThat(starts).hasValue(0);
  }

  @Test
  void transform_classOfOurOwn_isLeftAlone() {
    ClassLoader own = CachingTransformer.class.getClassLoader();
    assertThat(started().transform(own, "a/A", null, null, shop())).isNull();
    assertThat(starts).hasValue(0);
  }

  @Test
  void transform_linkCannotBeDefined_saysSoOnceAndLeavesAllClasses() {
    String reason = "no java.lang " + System.nanoTime();
    CachingTransformer transformer =
        transformer(
            () -> {
              starts.incrementAndGet();
              throw new IllegalAccessError(reason);
            });

    assertThat(transformer.transform(APPLICATION, "a/A", null, null, shop())).isNull();
    assertThat(transformer.transform(APPLICATION, "a/A", null, null, shop())).isNull();

    assertThat(starts).hasValue(1);
    assertThat(Log.recentLines())
        .filteredOn(line -> line.contains(reason))
        .singleElement()
        .asString()
        .endsWith(
            "ERROR Larder could not start and caches nothing: java.lang.IllegalAccessError: "
                + reason);
  }

  @Test
  void transform_truncatedClassFile_neverThrows() {
    CachingTransformer transformer = started();
    byte[] whole = shop();
    for (int length = 0; length < whole.length; length++) {
      byte @Nullable [] result =
          transformer.transform(APPLICATION, "a/A", null, null, Arrays.copyOf(whole, length));
      assertThat(result).as("first %d bytes", length).isNull();
    }
  }

  @Test
  void transform_unreadableClassFile_isReported() {
    String name = "a/Truncated" + System.nanoTime();

    byte[] whole = shop();
    byte[] withoutItsEnd = Arrays.copyOf(whole, whole.length - 100); // its constants are all there
    started().transform(APPLICATION, name, null, null, withoutItsEnd);

    assertThat(Log.recentLines())
        .filteredOn(
            line ->
                line.contains(
                    "WARN "
                        + name.replace('/', '.')
                        + " stays uncached: its class file could not be read: "))
        .hasSize(1);
  }

  /** Any result will do, so long as nothing escapes: the JVM verifies what comes out. */
  @Test
  void transform_damagedClassFile_neverThrows() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    CachingTransformer transformer = started();
    byte[] whole = shop();
    for (int round = 0; round < 2_000; round++) {
      byte[] damaged = whole.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        damaged[10 + random.nextInt(damaged.length - 10)] = (byte) random.nextInt();
      }
      try {
        transformer.transform(APPLICATION, "a/A", null, null, damaged);
      } catch (Throwable escaped) {
        throw new AssertionError("round " + round + " of seed " + seed, escaped);
      }
    }
  }

  private static CachingTransformer transformer(Runnable defineLink) {
    return new CachingTransformer(
        new LazyRuntime(defineLink, new Installation(), "off"), new WeavingLog());
  }

  private CachingTransformer started() {
    return transformer(starts::incrementAndGet);
  }

  private static byte[] shop() {
    return ClassFiles.of(Shop.class);
  }
}
