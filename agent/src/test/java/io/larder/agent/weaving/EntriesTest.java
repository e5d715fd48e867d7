package io.larder.agent.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.larder.agent.ClassFiles;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application sees of each way in which an entry or an exit can go. */
class EntriesTest {

  private StubRuntime runtime = StubRuntime.install();
  private Class<?> woven = Entries.class;

  @BeforeEach
  void install() throws Exception {
    runtime = StubRuntime.install();
    woven = wovenAs(61);
  }

  @AfterEach
  void remove() {
    runtime.close();
  }

  @Test
  void hit_bodyIsSkipped() throws Exception {
    runtime.onEntry((method, arguments) -> new StubRuntime.Hit("stored"));

    assertThat(guarded("a")).isEqualTo("stored");
    assertThat(steps()).isEmpty();
    assertThat(runtime.events).isEmpty();
  }

  @Test
  void hit_null_isAResult() throws Exception {
    runtime.onEntry((method, arguments) -> new StubRuntime.Hit(null));

    assertThat(guarded("a")).isNull();
    assertThat(steps()).isEmpty();
  }

  @Test
  void hit_primitive_isUnboxed() throws Exception {
    runtime.onEntry((method, arguments) -> new StubRuntime.Hit(7L));

    assertThat(wide(0L)).isEqualTo(7L);
    assertThat(steps()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {49, 50, 51, 52, 61})
  void ticket_bodyReturns_isTold(int version) throws Exception {
    woven = wovenAs(version);
    runtime.onEntry((method, arguments) -> runtime.new Ticket());

    assertThat(guarded("a")).isEqualTo("a!");
    assertThat(wide(2L)).isEqualTo(5L);
    assertThat(steps()).containsExactly("body", "finally", "body");
    assertThat(runtime.events).containsExactly("proceed", "a!", "proceed", 5L);
  }

  @ParameterizedTest
  @ValueSource(ints = {49, 50, 51, 52, 61})
  void ticket_bodyThrows_isToldAndTheExceptionGoesOn(int version) throws Exception {
    woven = wovenAs(version);
    runtime.onEntry((method, arguments) -> runtime.new Ticket());

    Throwable thrown = catchThrowable(() -> guarded(null));

    assertThat(thrown).isInstanceOf(NullPointerException.class).hasNoSuppressedExceptions();
    assertThat(thrown.getStackTrace()[0].getMethodName()).isEqualTo("guarded");
    assertThat(steps()).hasSize(3).last().isEqualTo("finally");
    assertThat(runtime.events).hasSize(2).element(1).isSameAs(thrown);
  }

  @Test
  void noAnswer_bodyRunsUntold() throws Exception {
    runtime.onEntry((method, arguments) -> null);

    assertThat(guarded("a")).isEqualTo("a!");
    assertThat(catchThrowable(() -> wide(0L))).isInstanceOf(ArithmeticException.class);
    assertThat(runtime.events).isEmpty();
  }

  @Test
  void answerOfAnotherKind_bodyRuns() throws Exception {
    runtime.onEntry((method, arguments) -> "neither a hit nor a ticket");

    assertThat(guarded("a")).isEqualTo("a!");
  }

  @ParameterizedTest
  @ValueSource(ints = {49, 50, 51, 52, 61})
  void entry_throws_bodyRunsAndItIsReported(int version) throws Exception {
    woven = wovenAs(version);
    StackOverflowError failure = new StackOverflowError("in a key's hashCode");
    runtime.onEntry(
        (method, arguments) -> {
          throw failure;
        });

    assertThat(guarded("a")).isEqualTo("a!");
    assertThat(wide(5L)).isEqualTo(2L);
    assertThat(steps()).containsExactly("body", "finally", "body");
    assertThat(runtime.problems).containsExactly(failure, failure);
  }

  @Test
  void proceed_throws_bodyIsNotRunAndTheCallerGetsIt() {
    IOException ofTheLeader = new IOException("of the thread that computed");
    runtime.onEntry(
        (method, arguments) ->
            runtime.new Ticket() {
              @Override
              protected void proceed() throws IOException {
                throw ofTheLeader;
              }
            });

    assertThat(catchThrowable(() -> guarded("a"))).isSameAs(ofTheLeader);
    assertThat(catchThrowable(() -> wide(1L))).isSameAs(ofTheLeader);
    assertThat(steps()).isEmpty();
    assertThat(runtime.events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {49, 50, 51, 52, 61})
  void loaded_throws_nobodySeesIt(int version) throws Exception {
    woven = wovenAs(version);
    runtime.onEntry((method, arguments) -> new Failing());

    assertThat(guarded("a")).isEqualTo("a!");
    assertThat(wide(2L)).isEqualTo(5L);
    assertThat(woven.getMethod("locked", int.class).invoke(instance(), 5)).isEqualTo(2);
    assertThat(steps()).containsExactly("body", "finally", "body", "body");
    assertThat(runtime.events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {49, 50, 51, 52, 61})
  void failed_throws_theBodysExceptionGoesOn(int version) throws Exception {
    woven = wovenAs(version);
    runtime.onEntry((method, arguments) -> new Failing());

    assertThat(catchThrowable(() -> guarded(null)))
        .isInstanceOf(NullPointerException.class)
        .hasNoSuppressedExceptions();
    assertThat(catchThrowable(() -> wide(0L))).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void entry_getsTheInstanceAndTheArguments() throws Exception {
    Object instance = instance();
    woven.getMethod("guarded", String.class).invoke(instance, "a");
    wide(3L);

    assertThat(runtime.calls).containsExactly(List.of(instance, "a"), List.of(3L));
  }

  @Test
  void noRuntime_bodyRuns() throws Exception {
    runtime.close();

    assertThat(guarded("a")).isEqualTo("a!");
    assertThat(wide(2L)).isEqualTo(5L);
  }

  @Test
  void interfaceMethods_ofEachKind_areCached() throws Exception {
    Class<?> kinds =
        Class.forName(Entries.class.getName() + "$Kinds", true, woven.getClassLoader());
    Object instance = kinds(kinds.getClassLoader(), "$OfKinds");
    for (int i = 0; i < 2; i++) {
      assertThat(kinds.getMethod("isDefault", int.class).invoke(instance, 1))
          .isEqualTo("default1private1");
      assertThat(kinds.getMethod("isStatic", int.class).invoke(null, 1)).isEqualTo("static1");
    }

    assertThat(runtime.events)
        .containsExactly(
            "proceed", "proceed", "private1", "default1private1", "proceed", "static1");
  }

  @Test
  void recordAndEnum_areCached() throws Exception {
    ClassLoader loader = woven.getClassLoader();
    Class<?> record = Class.forName(Entries.class.getName() + "$Value", true, loader);
    Object value = record.getConstructor(Object.class).newInstance(1);
    Class<?> operation = Class.forName(Entries.class.getName() + "$Operation", true, loader);
    Object doubling = operation.getEnumConstants()[0];
    for (int i = 0; i < 2; i++) {
      assertThat(record.getMethod("shown").invoke(value)).isEqualTo("<1hidden1>");
      assertThat(operation.getMethod("negated", int.class).invoke(doubling, 3)).isEqualTo(-6);
    }

    assertThat(runtime.events)
        .containsExactly(
            "proceed", "proceed", "hidden1", "<1hidden1>", "proceed", "proceed", 6, -6);
  }

  /** Throws from both ends. */
  private final class Failing extends StubRuntime.Ticket {
    Failing() {
      runtime.super();
    }

    @Override
    protected void proceed() {}

    @Override
    protected void loaded(@Nullable Object value) {
      throw new StackOverflowError("in the cache");
    }

    @Override
    protected void failed(Throwable failure) {
      throw new IllegalStateException("in the cache");
    }
  }

  private static Object kinds(ClassLoader loader, String nested) throws Exception {
    return Class.forName(Entries.class.getName() + nested, true, loader)
        .getConstructor()
        .newInstance();
  }

  private Object instance() throws Exception {
    return woven.getConstructor().newInstance();
  }

  private @Nullable Object guarded(@Nullable String argument) throws Exception {
    return unwrapped(() -> woven.getMethod("guarded", String.class).invoke(instance(), argument));
  }

  private @Nullable Object wide(long argument) throws Exception {
    return unwrapped(() -> woven.getMethod("wide", long.class).invoke(null, argument));
  }

  private static @Nullable Object unwrapped(Call call) throws Exception {
    try {
      return call.call();
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof Error error) {
        throw error;
      }
      if (thrown.getCause() instanceof Exception exception) {
        throw exception;
      }
      throw thrown;
    }
  }

  /** A call by reflection. */
  private interface Call {
    @Nullable Object call() throws Exception;
  }

  private List<Object> steps() {
    try {
      return List.copyOf((List<?>) woven.getField("STEPS").get(null));
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("no steps", impossible);
    }
  }

  /** All the classes above, woven; the outer one in a class file of a version. */
  private static Class<?> wovenAs(int version) throws ClassNotFoundException {
    String name = Entries.class.getName();
    Map<String, byte[]> classFiles = new HashMap<>();
    byte[] outer = ClassFiles.of(Entries.class);
    byte[] written =
        Rewriting.withVersion(version < 50 ? Rewriting.withoutFrames(outer) : outer, version);
    classFiles.put(name, new Weaving().weave(written));
    for (String nested : List.of("$Kinds", "$OfKinds", "$Value", "$Operation", "$Operation$1")) {
      byte[] classFile = ClassFiles.of(Class.forName(name + nested));
      byte[] result = new Weaving().attempt(classFile);
      classFiles.put(name + nested, result == null ? classFile : result);
    }
    return Class.forName(name, true, Weaving.loaderOf(classFiles));
  }
}
