package io.larder.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.logging.Log;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetransformationTest {

  private final List<List<Class<?>>> batches = new ArrayList<>();

  @BeforeEach
  void keepStandardErrorClean() {
    Log.setLevel("off");
  }

  @AfterEach
  void restore() {
    Log.setLevel("info");
  }

  @Test
  void of_manyClasses_goesInBatches() {
    new Retransformation(classes -> batches.add(List.of(classes)))
        .of(Collections.nCopies(250, String.class));
    assertThat(batches).map(List::size).containsExactly(100, 100, 50);
  }

  @Test
  void of_oneTheJvmRefuses_transformsTheOthersAndReportsIt() {
    List<Class<?>> done = new ArrayList<>();
    new Retransformation(
            classes -> {
              if (List.of(classes).contains(Integer.class)) {
                throw new UnsupportedOperationException("not this one");
              }
              done.addAll(List.of(classes));
            })
        .of(Stream.of(String.class, Integer.class, Long.class).<Class<?>>map(c -> c).toList());

    assertThat(done).containsExactly(String.class, Long.class);
    assertThat(Log.recentLines().get(0))
        .endsWith(
            "WARN java.lang.Integer stays uncached: it was loaded before Larder and "
                + "java.lang.UnsupportedOperationException: not this one");
  }
}
