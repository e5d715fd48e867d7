package io.larder.agent.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weaves bodies that no Java compiler writes; the JVM verifies and runs what comes out. */
class HandWrittenTest {

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
  @ValueSource(ints = {49, 50, 52, 61})
  void weave_stackNotEmptyAtReturn_works(int version) throws Exception {
    HandWritten made = new HandWritten(version);
    made.cached(
        "find",
        "(I)J",
        code -> {
          code.visitInsn(Opcodes.ACONST_NULL);
          code.visitLdcInsn(3.5);
          code.visitVarInsn(Opcodes.ILOAD, 0);
          code.visitInsn(Opcodes.I2L);
          code.visitInsn(Opcodes.LRETURN);
        });

    assertTwice(made, 7L, 7);
  }

  /** {@code try { return a; } catch (Throwable t) { return -1; }} with the return inside. */
  @ParameterizedTest
  @ValueSource(ints = {49, 50, 52, 61})
  void weave_returnInsideACatchAllRange_neverShowsOurErrorsToIt(int version) throws Exception {
    runtime.onEntry((method, arguments) -> failingTicket());
    HandWritten made = new HandWritten(version);
    made.cached("find", "(I)I", HandWrittenTest::returnInsideACatchAllRange);

    assertThat(run(made, 5)).isEqualTo(5);
    assertThat(runtime.events).isEmpty();
  }

  private static void returnInsideACatchAllRange(MethodVisitor code) {
    Label start = new Label();
    Label end = new Label();
    Label handler = new Label();
    code.visitTryCatchBlock(start, end, handler, null);
    code.visitTryCatchBlock(start, end, handler, "java/lang/Throwable");
    code.visitLabel(start);
    code.visitVarInsn(Opcodes.ILOAD, 0);
    code.visitInsn(Opcodes.IRETURN);
    code.visitLabel(end);
    code.visitLabel(handler);
    code.visitInsn(Opcodes.POP);
    code.visitInsn(Opcodes.ICONST_M1);
    code.visitInsn(Opcodes.IRETURN);
  }

  private StubRuntime.Ticket failingTicket() {
    return runtime.new Ticket() {
      @Override
      protected void proceed() {}

      @Override
      protected void loaded(@Nullable Object value) {
        throw new IllegalStateException("of the cache");
      }
    };
  }

  /** {@code for (;;) try { if (--a < 0) return a; throw null; } catch (all) {}}. */
  @ParameterizedTest
  @ValueSource(ints = {49, 50, 52, 61})
  void weave_handlerJumpsBackToTheFirstInstruction_works(int version) throws Exception {
    HandWritten made = new HandWritten(version);
    made.cached(
        "find",
        "(I)I",
        code -> {
          Label start = new Label();
          Label end = new Label();
          Label handler = new Label();
          Label positive = new Label();
          code.visitTryCatchBlock(start, end, handler, null);
          code.visitLabel(start);
          code.visitIincInsn(0, -1);
          code.visitVarInsn(Opcodes.ILOAD, 0);
          code.visitJumpInsn(Opcodes.IFGE, positive);
          code.visitVarInsn(Opcodes.ILOAD, 0);
          code.visitInsn(Opcodes.IRETURN);
          code.visitLabel(positive);
          code.visitInsn(Opcodes.ACONST_NULL);
          code.visitInsn(Opcodes.ATHROW);
          code.visitLabel(end);
          code.visitLabel(handler);
          code.visitInsn(Opcodes.POP);
          code.visitJumpInsn(Opcodes.GOTO, start);
        });

    assertTwice(made, -1, 3);
  }

  /** A handler within its own range, as compilers write it for {@code synchronized}. */
  @ParameterizedTest
  @ValueSource(ints = {49, 61})
  void weave_handlerCoversItself_works(int version) throws Exception {
    HandWritten made = new HandWritten(version);
    made.cached(
        "find",
        "(I)I",
        code -> {
          Label start = new Label();
          Label handler = new Label();
          Label end = new Label();
          Label out = new Label();
          code.visitTryCatchBlock(start, end, handler, null);
          code.visitLabel(start);
          code.visitInsn(Opcodes.ICONST_1);
          code.visitVarInsn(Opcodes.ILOAD, 0);
          code.visitInsn(Opcodes.IDIV);
          code.visitInsn(Opcodes.POP);
          code.visitJumpInsn(Opcodes.GOTO, out);
          code.visitLabel(handler);
          code.visitInsn(Opcodes.POP);
          code.visitIincInsn(0, 1);
          code.visitInsn(Opcodes.ICONST_1);
          code.visitVarInsn(Opcodes.ILOAD, 0);
          code.visitInsn(Opcodes.IDIV);
          code.visitInsn(Opcodes.POP);
          code.visitLabel(end);
          code.visitLabel(out);
          code.visitVarInsn(Opcodes.ILOAD, 0);
          code.visitInsn(Opcodes.IRETURN);
        });

    assertTwice(made, 1, 0);
  }

  /** A subroutine, which compilers before Java 6 made of each {@code finally}. */
  @ParameterizedTest
  @ValueSource(ints = {49, 50})
  void weave_subroutine_works(int version) throws Exception {
    HandWritten made = new HandWritten(version);
    made.cached("find", "(I)I", HandWrittenTest::withSubroutine);

    assertTwice(made, 26, 5);
  }

  /** {@code try { a *= 2; } finally { a += 3; }} twice, then {@code return a}. */
  private static void withSubroutine(MethodVisitor code) {
    Label start = new Label();
    Label end = new Label();
    Label handler = new Label();
    Label subroutine = new Label();
    Label out = new Label();
    code.visitTryCatchBlock(start, end, handler, null);
    code.visitLabel(start);
    code.visitVarInsn(Opcodes.ILOAD, 0);
    code.visitInsn(Opcodes.ICONST_2);
    code.visitInsn(Opcodes.IMUL);
    code.visitVarInsn(Opcodes.ISTORE, 0);
    code.visitJumpInsn(Opcodes.JSR, subroutine);
    code.visitLabel(end);
    code.visitIincInsn(0, 10);
    code.visitJumpInsn(Opcodes.JSR, subroutine);
    code.visitJumpInsn(Opcodes.GOTO, out);
    code.visitLabel(handler);
    code.visitVarInsn(Opcodes.ASTORE, 1);
    code.visitJumpInsn(Opcodes.JSR, subroutine);
    code.visitVarInsn(Opcodes.ALOAD, 1);
    code.visitInsn(Opcodes.ATHROW);
    code.visitLabel(subroutine);
    code.visitVarInsn(Opcodes.ASTORE, 2);
    code.visitIincInsn(0, 3);
    code.visitVarInsn(Opcodes.RET, 2);
    code.visitLabel(out);
    code.visitVarInsn(Opcodes.ILOAD, 0);
    code.visitInsn(Opcodes.IRETURN);
  }

  /** The return itself is in the subroutine, as {@code finally { return a; }} was compiled. */
  @Test
  void weave_returnInsideASubroutine_works() throws Exception {
    HandWritten made = new HandWritten(Opcodes.V1_5);
    made.cached(
        "find",
        "(I)I",
        code -> {
          Label subroutine = new Label();
          code.visitIincInsn(0, 1);
          code.visitJumpInsn(Opcodes.JSR, subroutine);
          code.visitLabel(subroutine);
          code.visitVarInsn(Opcodes.ASTORE, 1);
          code.visitVarInsn(Opcodes.ILOAD, 0);
          code.visitInsn(Opcodes.IRETURN);
        });

    assertTwice(made, 6, 5);
  }

  @ParameterizedTest
  @ValueSource(ints = {49, 61})
  void weave_bodyThatNeverEnds_verifies(int version) {
    HandWritten made = new HandWritten(version);
    made.cached(
        "find",
        "(I)I",
        code -> {
          Label start = new Label();
          code.visitLabel(start);
          code.visitJumpInsn(Opcodes.GOTO, start);
        });

    assertThat(Weaving.load(HandWritten.NAME, new Weaving().weave(made.classFile()))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {49, 61})
  void weave_bodyOfOneThrow_passesItOn(int version) {
    HandWritten made = new HandWritten(version);
    made.cached(
        "find",
        "(I)I",
        code -> {
          code.visitInsn(Opcodes.ACONST_NULL);
          code.visitInsn(Opcodes.ATHROW);
        });

    assertThatThrownBy(() -> run(made, 1))
        .isInstanceOf(InvocationTargetException.class)
        .hasCauseInstanceOf(NullPointerException.class);
    assertThat(runtime.events).hasSize(2).element(1).isInstanceOf(NullPointerException.class);
  }

  /** An object that is not yet constructed is on the stack and in a local where paths meet. */
  @Test
  void weave_uninitialisedObjectWherePathsMeet_works() throws Exception {
    HandWritten made = new HandWritten(Opcodes.V17);
    made.cached(
        "find",
        "(I)Ljava/lang/Object;",
        code -> {
          Label zero = new Label();
          Label meet = new Label();
          code.visitTypeInsn(Opcodes.NEW, "java/lang/Integer");
          code.visitInsn(Opcodes.DUP);
          code.visitInsn(Opcodes.DUP);
          code.visitVarInsn(Opcodes.ASTORE, 5);
          code.visitVarInsn(Opcodes.ILOAD, 0);
          code.visitJumpInsn(Opcodes.IFEQ, zero);
          code.visitIntInsn(Opcodes.BIPUSH, 77);
          code.visitJumpInsn(Opcodes.GOTO, meet);
          code.visitLabel(zero);
          code.visitIntInsn(Opcodes.BIPUSH, 33);
          code.visitLabel(meet);
          code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Integer", "<init>", "(I)V", false);
          code.visitInsn(Opcodes.ARETURN);
        });

    assertTwice(made, 77, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {255, 256, 257, 65_520, 65_531})
  void weave_manyLocals_works(int locals) throws Exception {
    HandWritten made = new HandWritten(Opcodes.V17);
    made.cached("find", "(I)I", code -> usesLastLocal(code, locals));

    assertTwice(made, 8, 8);
  }

  @Test
  void weave_tooManyLocals_isRefusedAndTheOthersAreWoven() throws Exception {
    HandWritten made = new HandWritten(Opcodes.V17);
    made.cached("tooMany", "(I)I", code -> usesLastLocal(code, 65_532));
    made.cached("find", "(I)I", code -> usesLastLocal(code, 4));
    Weaving weaving = new Weaving();

    Class<?> woven = Weaving.load(HandWritten.NAME, weaving.weave(made.classFile()));

    assertThat(weaving.woven).containsExactly("made.Up#find(int)");
    assertThat(weaving.rejected)
        .containsExactly("made.Up#tooMany(int): it has too many local variables: 65532");
    assertThat(woven.getMethod("tooMany", int.class).invoke(null, 3)).isEqualTo(3);
  }

  private static void usesLastLocal(MethodVisitor code, int locals) {
    Label negative = new Label();
    code.visitVarInsn(Opcodes.ILOAD, 0);
    code.visitVarInsn(Opcodes.ISTORE, locals - 1);
    code.visitVarInsn(Opcodes.ILOAD, 0);
    code.visitJumpInsn(Opcodes.IFLT, negative);
    code.visitVarInsn(Opcodes.ILOAD, locals - 1);
    code.visitInsn(Opcodes.IRETURN);
    code.visitLabel(negative);
    code.visitVarInsn(Opcodes.ILOAD, locals - 1);
    code.visitInsn(Opcodes.INEG);
    code.visitInsn(Opcodes.IRETURN);
  }

  /** Jumps that become too long for their form through what is woven between. */
  @ParameterizedTest
  @ValueSource(ints = {49, 50, 52, 61})
  void weave_jumpsThatBecomeTooFar_areWidened(int version) throws Exception {
    HandWritten made = new HandWritten(version);
    made.cached("find", "(I)I", code -> jumpOver(code, 16_378));
    made.plain("neighbour", "(I)I", code -> jumpOver(code, 4));

    assertTwice(made, 1, 0);
    assertTwice(made, 2, 9);
  }

  /** With several returns behind the jump, each of which grows. */
  @Test
  void weave_manyReturnsInALongBody_works() throws Exception {
    HandWritten made = new HandWritten(Opcodes.V17);
    made.cached(
        "find",
        "(I)I",
        code -> {
          Label end = new Label();
          code.visitVarInsn(Opcodes.ILOAD, 0);
          code.visitJumpInsn(Opcodes.IFEQ, end);
          for (int i = 1; i < 2_500; i++) {
            Label next = new Label();
            code.visitVarInsn(Opcodes.ILOAD, 0);
            code.visitIntInsn(Opcodes.SIPUSH, i);
            code.visitJumpInsn(Opcodes.IF_ICMPNE, next);
            code.visitIntInsn(Opcodes.SIPUSH, i * 2);
            code.visitInsn(Opcodes.IRETURN);
            code.visitLabel(next);
          }
          code.visitLabel(end);
          code.visitInsn(Opcodes.ICONST_1);
          code.visitInsn(Opcodes.IRETURN);
        });

    assertTwice(made, 1, 0);
    assertTwice(made, 2, 1);
    assertTwice(made, 4_998, 2_499);
    assertTwice(made, 1, 3_000);
  }

  /** {@code if (a == 0) return 1; ...; return 2;} with so many pairs of instructions between. */
  private static void jumpOver(MethodVisitor code, int pairs) {
    Label zero = new Label();
    code.visitVarInsn(Opcodes.ILOAD, 0);
    code.visitJumpInsn(Opcodes.IFEQ, zero);
    for (int i = 0; i < pairs; i++) {
      code.visitInsn(Opcodes.ICONST_0);
      code.visitInsn(Opcodes.POP);
    }
    code.visitInsn(Opcodes.ICONST_2);
    code.visitInsn(Opcodes.IRETURN);
    code.visitLabel(zero);
    code.visitInsn(Opcodes.ICONST_1);
    code.visitInsn(Opcodes.IRETURN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"J", "Ljava/lang/String;", "D", "I"})
  void weave_asManyArgumentsAsFit_works(String type) throws Exception {
    int words = type.equals("J") || type.equals("D") ? 2 : 1;
    String descriptor = "(" + type.repeat(249 / words) + ")I";
    for (int version : new int[] {Opcodes.V1_5, Opcodes.V17}) {
      HandWritten made = new HandWritten(version);
      made.cached(
          "find",
          descriptor,
          code -> {
            code.visitIntInsn(Opcodes.BIPUSH, 11);
            code.visitInsn(Opcodes.IRETURN);
          });
      Class<?> woven = Weaving.load(HandWritten.NAME, new Weaving().weave(made.classFile()));
      Class<?>[] types = woven.getMethods()[0].getParameterTypes();
      Object[] arguments = new Object[types.length];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] =
            switch (type) {
              case "J" -> (Object) 1L;
              case "D" -> 1d;
              case "I" -> 1;
              default -> "a";
            };
      }

      assertThat(woven.getMethod("find", types).invoke(null, arguments)).isEqualTo(11);
    }
    assertThat(runtime.calls).hasSize(2).allMatch(call -> call.size() == 249 / words);
    assertThat(runtime.problems).isEmpty();
  }

  private void assertTwice(HandWritten made, Object expected, int argument) throws Exception {
    Class<?> woven = Weaving.load(HandWritten.NAME, new Weaving().weave(made.classFile()));
    runtime.events.clear();

    assertThat(woven.getMethod("find", int.class).invoke(null, argument)).isEqualTo(expected);
    assertThat(woven.getMethod("find", int.class).invoke(null, argument)).isEqualTo(expected);
    assertThat(runtime.events).containsExactly("proceed", expected);
    assertThat(runtime.problems).isEmpty();
  }

  private static @Nullable Object run(HandWritten made, int argument) throws Exception {
    return Weaving.load(HandWritten.NAME, new Weaving().weave(made.classFile()))
        .getMethod("find", int.class)
        .invoke(null, argument);
  }
}
