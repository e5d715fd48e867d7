package io.larder.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cached;
import io.larder.agent.ClassFiles;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FirstLookTest {

  private static final ClassLoader APPLICATION = FirstLookTest.class.getClassLoader();
  private static final byte[] WOVEN = {1};

  private final AtomicInteger starts = new AtomicInteger();
  private final List<String> handedOver = new ArrayList<>();
  private final FirstLook look =
      new FirstLook(
          () -> {
            starts.incrementAndGet();
            return new Recorder();
          });

  private final class Recorder implements Agent {
    @Override
    public void weaveLoaded(List<Class<?>> classes) {
      throw new AssertionError(classes);
    }

    @Override
    public byte[] transform(
        @Nullable ClassLoader loader,
        @Nullable String className,
        @Nullable Class<?> redefined,
        @Nullable ProtectionDomain domain,
        byte[] classFile) {
      handedOver.add(String.valueOf(className));
      return WOVEN;
    }
  }

  static class Annotated {
    @Cached
    int price() {
      return 1;
    }
  }

  @Test
  void transform_untilAClassNamesCached_startsNothing() {
    byte[] plain = ClassFiles.of(Recorder.class);
    assertThat(look.transform(APPLICATION, "a/Plain", null, null, plain)).isNull();
    assertThat(starts).hasValue(0);

    byte[] annotated = ClassFiles.of(Annotated.class);
    assertThat(look.transform(APPLICATION, "a/Annotated", null, null, annotated)).isSameAs(WOVEN);
    assertThat(look.transform(APPLICATION, "a/Later", null, null, plain)).isSameAs(WOVEN);
    assertThat(starts).hasValue(1);
    assertThat(handedOver).containsExactly("a/Annotated", "a/Later");
  }

  @Test
  void transform_classesOfTheJdkAndHidden_areLeftAlone() {
    byte[] annotated = ClassFiles.of(Annotated.class);
    look.start();
    assertThat(look.transform(null, "a/A", null, null, annotated)).isNull();
    assertThat(look.transform(ClassLoader.getPlatformClassLoader(), "a/A", null, null, annotated))
        .isNull();
    assertThat(look.transform(APPLICATION, null, null, null, annotated)).isNull();
    assertThat(handedOver).isEmpty();
  }

  @Test
  void transform_agentIsOffOrFailed_isAskedOnce() {
    FirstLook off =
        new FirstLook(
            () -> {
              starts.incrementAndGet();
              return null;
            });
    byte[] annotated = ClassFiles.of(Annotated.class);
    assertThat(off.transform(APPLICATION, "a/A", null, null, annotated)).isNull();
    assertThat(off.transform(APPLICATION, "a/A", null, null, annotated)).isNull();
    assertThat(starts).hasValue(1);
  }

  @Test
  void transform_classFileCutOff_isLeftToTheJvm() {
    byte[] annotated = ClassFiles.of(Annotated.class);
    for (int length = 0; length < 100; length++) {
      byte[] cut = Arrays.copyOf(annotated, length);
      assertThat(look.transform(APPLICATION, "a/A", null, null, cut)).isNull();
    }
    assertThat(starts).hasValue(0);
  }
}
