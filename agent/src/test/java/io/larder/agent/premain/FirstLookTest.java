package io.larder.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.CacheInvalidate;
import io.larder.CachePut;
import io.larder.Cached;
import io.larder.agent.ClassFiles;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstLookTest {

  private static final ClassLoader APPLICATION = FirstLookTest.class.getClassLoader();
  private static final byte[] ANNOTATED = ClassFiles.of(Annotated.class);

  private final AtomicInteger starts = new AtomicInteger();
  private FirstLook look = new FirstLook(starts::incrementAndGet);

  static class Annotated {
    @Cached
    int price() {
      return 1;
    }
  }

  static class Invalidating {
    @CacheInvalidate(cache = "prices")
    void save() {}
  }

  static class InvalidatingTwice {
    @CacheInvalidate(cache = "prices")
    @CacheInvalidate(cache = "stock")
    void save() {}
  }

  static class Putting {
    @CachePut(cache = "prices")
    int save() {
      return 1;
    }
  }

  static class PuttingTwice {
    @CachePut(cache = "prices")
    @CachePut(cache = "stock")
    int save() {
      return 1;
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Annotated.class,
        Invalidating.class,
        InvalidatingTwice.class,
        Putting.class,
        PuttingTwice.class
      })
  void transform_classThatNamesAnyOfTheAnnotations_startsTheAgent(Class<?> annotated) {
    loaded(APPLICATION, ClassFiles.of(annotated));
    assertThat(starts).hasValue(1);
  }

  private void loaded(@Nullable ClassLoader loader, byte[] classFile) {
    assertThat(look.transform(loader, "a/A", null, null, classFile)).isNull();
  }

  @Test
  void transform_classThatNamesCached_startsTheAgentOnce() {
    loaded(APPLICATION, ClassFiles.of(ClassFiles.class));
    assertThat(starts).hasValue(0);
    loaded(APPLICATION, ANNOTATED);
    loaded(APPLICATION, ANNOTATED);
    assertThat(starts).hasValue(1);
  }

  @Test
  void transform_whileTheAgentStarts_doesNotStartItAgain() {
    look =
        new FirstLook(
            () -> {
              starts.incrementAndGet();
              loaded(APPLICATION, ANNOTATED); // a class of the agent's own
            });
    loaded(APPLICATION, ANNOTATED);
    assertThat(starts).hasValue(1);
  }

  @Test
  void transform_classesOfTheJdk_areLeftAlone() {
    loaded(null, ANNOTATED);
    loaded(ClassLoader.getPlatformClassLoader(), ANNOTATED);
    assertThat(starts).hasValue(0);
  }

  @Test
  void transform_classFileCutOff_isLeftToTheJvm() {
    for (int length = 0; length < 100; length++) {
      loaded(APPLICATION, Arrays.copyOf(ANNOTATED, length));
    }
    assertThat(starts).hasValue(0);
  }
}
