package io.larder.agent.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cached;
import io.larder.agent.ClassFiles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each method of {@link Bodies}, woven, does what it does unwoven, and is run once per key. */
class BodiesTest {

  private static final String NAME = Bodies.class.getName();

  /** How the class file is written before it is woven. */
  enum Form {
    JAVA_5(49, false),
    JAVA_6(50, true),
    JAVA_6_WITHOUT_FRAMES(50, false),
    JAVA_7(51, true),
    JAVA_8(52, true),
    JAVA_17(61, true),
    JAVA_25(69, true);

    private final int version;
    private final boolean frames;

    Form(int version, boolean frames) {
      this.version = version;
      this.frames = frames;
    }

    byte[] of(byte[] classFile) {
      return Rewriting.withVersion(
          frames ? classFile : Rewriting.withoutFrames(classFile), version);
    }
  }

  private StubRuntime runtime = StubRuntime.install();

  @BeforeEach
  void install() {
    runtime = StubRuntime.install();
  }

  @AfterEach
  void remove() {
    runtime.close();
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void methods_woven_doWhatTheyDidOncePerKey(Form form) throws Exception {
    Class<?> plain = load(ClassFiles.of(Bodies.class));
    Weaving weaving = new Weaving();
    byte[] woven = weaving.weave(form.of(ClassFiles.of(Bodies.class)));
    // A JVM that does not know the version yet verifies the same instructions under its own.
    Class<?> cached =
        load(Rewriting.withVersion(woven, Math.min(form.version, Rewriting.newestVersion())));
    List<Method> methods = methodsOf(plain);

    assertThat(weaving.rejected).isEmpty();
    assertThat(weaving.woven).hasSameSizeAs(methods);
    for (Method method : methods) {
      Method other = cached.getMethod(method.getName(), method.getParameterTypes());
      for (Object[] arguments : argumentsFor(method.getParameterTypes())) {
        Outcome expected = Outcome.of(plain, method, arguments);
        Outcome first = Outcome.of(cached, other, arguments);
        Outcome second = Outcome.of(cached, other, arguments);
        String what = form + " " + method.getName() + Arrays.deepToString(arguments);

        assertThat(first.sameAs(expected)).as("%s: %s, %s", what, first, expected).isTrue();
        assertThat(second.sameAs(expected)).as("%s: %s, %s", what, second, expected).isTrue();
        assertThat(second.runs).as(what).isEqualTo(expected.failure == null ? 0 : 1);
      }
    }
    assertThat(runtime.problems).isEmpty();
  }

  /** What came out of a call. */
  private static final class Outcome {
    final @Nullable Object value;
    final @Nullable String failure;
    final int runs;

    private Outcome(@Nullable Object value, @Nullable String failure, int runs) {
      this.value = value;
      this.failure = failure;
      this.runs = runs;
    }

    static Outcome of(Class<?> type, Method method, Object[] arguments) throws Exception {
      type.getField("runs").setInt(null, 0);
      Object instance = type.getConstructor().newInstance();
      Object value = null;
      String failure = null;
      try {
        value = method.invoke(instance, arguments);
      } catch (InvocationTargetException thrown) {
        failure = String.valueOf(thrown.getCause());
      }
      return new Outcome(value, failure, type.getField("runs").getInt(null));
    }

    boolean sameAs(Outcome other) {
      return Arrays.deepEquals(
          new Object[] {value, failure}, new Object[] {other.value, other.failure});
    }

    @Override
    public String toString() {
      return failure == null ? Arrays.deepToString(new Object[] {value}) : failure;
    }
  }

  private static Class<?> load(byte[] bodies) throws ClassNotFoundException {
    Map<String, byte[]> classFiles = new HashMap<>();
    classFiles.put(NAME, bodies);
    for (String inner : List.of("$1", "$Closing")) {
      classFiles.put(NAME + inner, ClassFiles.of(Class.forName(NAME + inner)));
    }
    return Class.forName(NAME, true, Weaving.loaderOf(classFiles));
  }

  private static List<Method> methodsOf(Class<?> plain) {
    return Arrays.stream(plain.getMethods())
        .filter(method -> method.isAnnotationPresent(Cached.class))
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  /** All combinations of the samples of each type. */
  private static List<Object[]> argumentsFor(Class<?>[] types) {
    List<Object[]> all = new ArrayList<>(List.<Object[]>of(new Object[0]));
    for (Class<?> type : types) {
      List<Object[]> longer = new ArrayList<>();
      for (Object[] start : all) {
        for (Object sample : samplesOf(type)) {
          Object[] arguments = Arrays.copyOf(start, start.length + 1);
          arguments[start.length] = sample;
          longer.add(arguments);
        }
      }
      all = longer;
    }
    return all;
  }

  private static List<@Nullable Object> samplesOf(Class<?> type) {
    if (type == int.class) {
      return Arrays.asList(-1, 0, 1, 2, 3, 6);
    } else if (type == long.class) {
      return Arrays.asList(-1L, 0L, 1L << 40);
    } else if (type == float.class) {
      return Arrays.asList(-0f, 1.5f, Float.NaN);
    } else if (type == double.class) {
      return Arrays.asList(-0d, 1e10, Double.NaN);
    } else if (type == int[].class) {
      return Arrays.asList(new int[0], new int[] {1, 2});
    } else if (type == Comparable.class) {
      return Arrays.asList("a", "b");
    }
    return Arrays.asList(null, "", "a", "text");
  }
}
