package io.larder.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LarderLinkTest {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final MethodType CONTROL =
      MethodType.methodType(Object.class, String.class, Object.class, Object[].class);
  private static final MethodType DISPATCHER =
      MethodType.methodType(Object.class, Class.class, String.class, Object.class, Object[].class);
  private static final MethodType LINKER =
      MethodType.methodType(
          CallSite.class, MethodHandles.Lookup.class, String.class, MethodType.class, String.class);

  private final List<Object[]> problems = new ArrayList<>();

  @BeforeEach
  @AfterEach
  void disconnect() {
    LarderLink.install(null, null, null, null);
  }

  @Test
  void link_notInstalled_runsTheBody() throws Throwable {
    MethodType type =
        MethodType.methodType(Object.class, Object.class, long.class, double.class, int.class);

    CallSite site = LarderLink.link(LOOKUP, "enter", type, "method");

    assertThat(site.type()).isEqualTo(type);
    assertThat((Object) site.getTarget().invoke((Object) this, 1L, 2.0, 3)).isNull();
  }

  @Test
  void link_installed_asksTheRuntime() throws Throwable {
    MethodHandle linker = MethodHandles.lookup().findStatic(LarderLinkTest.class, "echo", LINKER);
    LarderLink.install(linker, null, null, problems::add);

    CallSite site =
        LarderLink.link(LOOKUP, "enter", MethodType.methodType(Object.class), "the method");

    assertThat((Object) site.getTarget().invoke()).isEqualTo("the method");
    assertThat(problems).isEmpty();
  }

  @Test
  void link_runtimeFails_runsTheBodyAndReports() throws Throwable {
    IllegalStateException failure = new IllegalStateException("broken");
    LarderLink.install(throwing(LINKER, failure), null, null, problems::add);
    MethodType type = MethodType.methodType(Object.class, String.class);

    CallSite site = LarderLink.link(LOOKUP, "enter", type, "method");

    assertThat((Object) site.getTarget().invoke("argument")).isNull();
    assertThat(problems)
        .singleElement()
        .isEqualTo(new Object[] {failure, LarderLinkTest.class, "method"});
  }

  @Test
  void enter_notInstalled_runsTheBody() {
    assertThat(LarderLink.enter(String.class, "method", null, new Object[] {1})).isNull();
  }

  @Test
  void enter_installed_answersAsTheRuntime() throws Throwable {
    MethodHandle dispatcher =
        MethodHandles.dropArguments(
            MethodHandles.identity(Object.class), 0, Class.class, String.class);
    dispatcher = MethodHandles.dropArguments(dispatcher, 3, Object[].class);
    LarderLink.install(null, dispatcher, null, problems::add);

    assertThat(LarderLink.enter(String.class, "method", "receiver", new Object[0]))
        .isEqualTo("receiver");
  }

  @Test
  void enter_runtimeFails_runsTheBodyAndReports() {
    StackOverflowError failure = new StackOverflowError();
    LarderLink.install(null, throwing(DISPATCHER, failure), null, problems::add);

    assertThat(LarderLink.enter(String.class, "method", "receiver", new Object[0])).isNull();
    assertThat(problems).singleElement().isEqualTo(new Object[] {failure, String.class, "method"});
  }

  @Test
  void report_nobodyListens_isSwallowed() {
    assertThatCode(() -> LarderLink.report(new Error(), String.class, "method"))
        .doesNotThrowAnyException();
  }

  @Test
  void report_listenerFails_isSwallowed() {
    LarderLink.install(
        null,
        null,
        null,
        report -> {
          throw new AssertionError("listener");
        });

    assertThatCode(() -> LarderLink.report(new Error(), String.class, "method"))
        .doesNotThrowAnyException();
  }

  @Test
  void ticket_isToldHowTheBodyEnded() throws Throwable {
    Ticket ticket = new Ticket();
    IOException failure = new IOException();

    LarderLink.proceed(ticket);
    LarderLink.loaded("text", ticket);
    LarderLink.loaded((Object) null, ticket);
    LarderLink.loaded(true, ticket);
    LarderLink.loaded((byte) -1, ticket);
    LarderLink.loaded('c', ticket);
    LarderLink.loaded((short) -2, ticket);
    LarderLink.loaded(3, ticket);
    LarderLink.loaded(4L, ticket);
    LarderLink.loaded(5f, ticket);
    LarderLink.loaded(6d, ticket);
    LarderLink.failed(failure, ticket);

    assertThat(ticket.seen)
        .containsExactly(
            "proceed", "text", null, true, (byte) -1, 'c', (short) -2, 3, 4L, 5f, 6d, failure);
  }

  @Test
  void noTicket_nobodyIsTold() {
    for (Object entered : new Object[] {null, "no ticket", new LarderHit("value") {}}) {
      assertThatCode(
              () -> {
                LarderLink.proceed(entered);
                LarderLink.loaded("value", entered);
                LarderLink.loaded(true, entered);
                LarderLink.loaded((byte) 1, entered);
                LarderLink.loaded('c', entered);
                LarderLink.loaded((short) 1, entered);
                LarderLink.loaded(1, entered);
                LarderLink.loaded(1L, entered);
                LarderLink.loaded(1f, entered);
                LarderLink.loaded(1d, entered);
                LarderLink.failed(new Error(), entered);
              })
          .doesNotThrowAnyException();
    }
  }

  @Test
  void proceed_ticketThrows_reachesTheCaller() {
    IOException others = new IOException("of the thread that computed");
    Ticket ticket =
        new Ticket() {
          @Override
          protected void proceed() throws IOException {
            throw others;
          }
        };

    assertThatThrownBy(() -> LarderLink.proceed(ticket)).isSameAs(others);
  }

  @Test
  void control_notInstalled_hasNoAnswer() throws Throwable {
    assertThat(LarderLink.control("active", null, new Object[0])).isNull();
  }

  @Test
  void control_installed_asksTheRuntime() throws Throwable {
    MethodHandle control =
        MethodHandles.dropArguments(MethodHandles.identity(Object.class), 0, String.class);
    control = MethodHandles.dropArguments(control, 2, Object[].class);
    LarderLink.install(null, null, control, problems::add);

    assertThat(LarderLink.control("active", "loader", new Object[0])).isEqualTo("loader");
  }

  @Test
  void hit_holdsItsValue() {
    assertThat(new LarderHit("value") {}.value).isEqualTo("value");
    assertThat(new LarderHit(null) {}.value).isNull();
  }

  @ParameterizedTest
  @ValueSource(classes = {LarderLink.class, LarderHit.class, LarderTicket.class})
  void classFile_namesOnlyTheJdkAndThisPackage(Class<?> link) throws IOException {
    try (InputStream in = link.getResourceAsStream(link.getSimpleName() + ".class")) {
      String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);

      // In java.lang they see nothing else.
      assertThat(text.replace("io/larder/bootstrap/", ""))
          .doesNotContain("io/larder", "io.larder", "org/", "com/", "net/");
    }
  }

  @Test
  void control_type_isWhatTheFacadeLooksFor() throws ReflectiveOperationException {
    assertThat(MethodHandles.publicLookup().findStatic(LarderLink.class, "control", CONTROL))
        .isNotNull();
  }

  @SuppressWarnings("unused") // by reflection
  private static CallSite echo(
      MethodHandles.Lookup caller, String name, MethodType type, String method) {
    return new ConstantCallSite(MethodHandles.constant(Object.class, method));
  }

  private static MethodHandle throwing(MethodType type, Throwable failure) {
    MethodHandle thrower =
        MethodHandles.throwException(type.returnType(), Throwable.class).bindTo(failure);
    return MethodHandles.dropArguments(thrower, 0, type.parameterList());
  }

  private static class Ticket extends LarderTicket {
    final List<Object> seen = new ArrayList<>();

    @Override
    protected void proceed() throws IOException {
      seen.add("proceed");
    }

    @Override
    protected void loaded(Object value) {
      seen.add(value);
    }

    @Override
    protected void failed(Throwable failure) {
      seen.add(failure);
    }
  }
}
