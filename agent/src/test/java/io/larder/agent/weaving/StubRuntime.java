package io.larder.agent.weaving;

import io.larder.bootstrap.LarderHit;
import io.larder.bootstrap.LarderLink;
import io.larder.bootstrap.LarderTicket;
import io.larder.runtime.callsite.CallSiteLinker;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the runtime behind woven code: keeps all results for ever, unless told otherwise,
 * and notes what it hears. For one thread at a time, because the link is one for the JVM.
 */
final class StubRuntime implements AutoCloseable {

  /** What an entry answers. */
  interface Entry {
    @Nullable Object enter(String method, List<@Nullable Object> arguments) throws Throwable;
  }

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private static final int MOST_CALLS = 1_000;

  /** What bodies returned and threw, and {@code "proceed"}. */
  final List<@Nullable Object> events = new ArrayList<>();

  /** What failed at entries. */
  final List<Throwable> problems = new ArrayList<>();

  /** The arguments of each entry, the instance first; of the first of them only. */
  final List<List<@Nullable Object>> calls = new ArrayList<>();

  private final Map<List<Object>, @Nullable Object> stored = new HashMap<>();
  private Entry entry = this::remember;
  private @Nullable Object answerOfMiss;
  private List<@Nullable Object> lastCall = List.of();

  static StubRuntime install() {
    StubRuntime stub = new StubRuntime();
    try {
      LarderLink.install(
          LOOKUP.bind(
              stub,
              "link",
              MethodType.methodType(
                  CallSite.class,
                  MethodHandles.Lookup.class,
                  String.class,
                  MethodType.class,
                  String.class)),
          LOOKUP.bind(
              stub,
              "dispatch",
              MethodType.methodType(
                  Object.class, Class.class, String.class, Object.class, Object[].class)),
          MethodHandles.empty(
              MethodType.methodType(Object.class, String.class, Object.class, Object[].class)),
          report -> stub.problems.add((Throwable) report[0]));
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("the stub could not be linked", impossible);
    }
    return stub;
  }

  void onEntry(Entry other) {
    entry = other;
  }

  @Override
  public void close() {
    LarderLink.install(null, null, null, null);
  }

  @SuppressWarnings("unused") // through the link
  private CallSite link(MethodHandles.Lookup caller, String name, MethodType type, String method)
      throws ReflectiveOperationException {
    MethodHandle enter =
        LOOKUP.bind(
            this,
            name.equals(CallSiteLinker.HIT) ? "hit" : "miss",
            MethodType.methodType(Object.class, String.class, Object[].class));
    return new ConstantCallSite(
        MethodHandles.insertArguments(enter, 0, method)
            .asCollector(Object[].class, type.parameterCount())
            .asType(type));
  }

  /** The first of the two call sites of an entry. */
  @SuppressWarnings("unused") // through the link
  private @Nullable Object hit(String method, @Nullable Object... arguments) throws Throwable {
    Object answer = enter(method, arguments);
    if (answer instanceof LarderHit) {
      return answer;
    }
    answerOfMiss = answer;
    return null;
  }

  /** The second, which is asked next and with the same arguments. */
  @SuppressWarnings("unused") // through the link
  private @Nullable Object miss(String method, @Nullable Object... arguments) {
    if (arguments.length != lastCall.size()) {
      throw new IllegalStateException("asked for " + arguments.length + " arguments");
    }
    for (int i = 0; i < arguments.length; i++) {
      if (!isSame(arguments[i], lastCall.get(i))) {
        throw new IllegalStateException("argument " + i + " differs in " + method);
      }
    }
    return answerOfMiss;
  }

  @SuppressWarnings("unused") // through the link
  private @Nullable Object dispatch(
      Class<?> owner, String method, @Nullable Object instance, Object[] arguments)
      throws Throwable {
    List<@Nullable Object> all = new ArrayList<>(Arrays.asList(arguments));
    if (method.startsWith("instance")) {
      all.add(0, instance);
    }
    return enter(method, all.toArray());
  }

  private @Nullable Object enter(String method, @Nullable Object... arguments) throws Throwable {
    List<@Nullable Object> call = new ArrayList<>(Arrays.asList(arguments));
    lastCall = call;
    if (calls.size() < MOST_CALLS) {
      calls.add(call);
    }
    return entry.enter(method, call);
  }

  /** Keyed by what the arguments read like, which is enough for the arguments of the tests. */
  private Object remember(String method, List<@Nullable Object> arguments) {
    Object instance = method.startsWith("instance") ? "an instance" : "none";
    List<@Nullable Object> rest =
        method.startsWith("instance") ? arguments.subList(1, arguments.size()) : arguments;
    List<Object> key = List.of(method, instance, Arrays.deepToString(rest.toArray()));
    if (stored.containsKey(key)) {
      return new Hit(stored.get(key));
    }
    return new Ticket() {
      @Override
      protected void loaded(@Nullable Object value) {
        super.loaded(value);
        stored.put(key, value);
      }
    };
  }

  /** Without running foreign code, unless it is a number. */
  private static boolean isSame(@Nullable Object one, @Nullable Object other) {
    return one == other
        || (one != null
            && other != null
            && one.getClass() == other.getClass()
            && isBox(one)
            && one.equals(other));
  }

  private static boolean isBox(Object argument) {
    return MethodType.methodType(argument.getClass()).unwrap().returnType().isPrimitive();
  }

  /** A result that is known. */
  static final class Hit extends LarderHit {
    Hit(@Nullable Object value) {
      super(value);
    }
  }

  /** Notes what it hears. */
  class Ticket extends LarderTicket {
    @Override
    protected void proceed() throws Throwable {
      events.add("proceed");
    }

    @Override
    protected void loaded(@Nullable Object value) {
      events.add(value);
    }

    @Override
    protected void failed(Throwable failure) {
      events.add(failure);
    }
  }
}
