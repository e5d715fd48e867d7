package io.larder.agent.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.agent.ClassFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Attribute;
import net.bytebuddy.jar.asm.ByteVector;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassWeaverTest {

  private final Weaving weaving = new Weaving();

  @Test
  void weave_nothingAnnotated_leavesTheClass() {
    assertThat(weaving.attempt(ClassFiles.of(ClassWeaverTest.class))).isNull();
    assertThat(weaving.woven).isEmpty();
    assertThat(weaving.rejected).isEmpty();
  }

  @Test
  void weave_onlyRefusedMethods_leavesTheClass() {
    HandWritten made = new HandWritten(Opcodes.V17).cached("find", "()V", ClassWeaverTest::nothing);

    assertThat(weaving.attempt(made.classFile())).isNull();
    assertThat(weaving.rejected)
        .containsExactly("made.Up#find(): it returns nothing that could be cached (void)");
  }

  @Test
  void weave_oneRefused_weavesTheOthers() {
    HandWritten made =
        new HandWritten(Opcodes.V17)
            .cached("one", "()I", ClassWeaverTest::seven)
            .cached("two", "()V", ClassWeaverTest::nothing)
            .cached("three", "()I", ClassWeaverTest::seven);

    weaving.weave(made.classFile());

    assertThat(weaving.woven).containsExactlyInAnyOrder("made.Up#one()", "made.Up#three()");
    assertThat(weaving.rejected).hasSize(1);
  }

  @Test
  void weave_methodThatWouldBecomeTooLarge_isRefusedAndTheOthersAreWoven() throws Exception {
    HandWritten made =
        new HandWritten(Opcodes.V17)
            .cached("large", "()I", ClassWeaverTest::almost64K)
            .cached("small", "()I", ClassWeaverTest::seven)
            .cached("largeToo", "()I", ClassWeaverTest::almost64K);

    Class<?> woven = Weaving.load(HandWritten.NAME, weaving.weave(made.classFile()));

    assertThat(weaving.woven).containsExactly("made.Up#small()");
    assertThat(weaving.rejected)
        .containsExactlyInAnyOrder(
            "made.Up#large(): with the cache it would exceed the 64 KB of a method; split it",
            "made.Up#largeToo(): with the cache it would exceed the 64 KB of a method; split it");
    assertThat(woven.getMethod("large").invoke(null)).isEqualTo(7);
    assertThat(woven.getMethod("small").invoke(null)).isEqualTo(7);
  }

  @Test
  void weave_noRoomForConstants_leavesTheClassAndSaysWhy() {
    HandWritten made = new HandWritten(Opcodes.V17).cached("find", "()I", ClassWeaverTest::seven);
    for (int i = 0; i < 65_500; i++) {
      made.writer().newConst(i);
    }

    assertThat(weaving.attempt(made.classFile())).isNull();
    assertThat(weaving.woven).isEmpty();
    assertThat(weaving.rejected)
        .singleElement()
        .asString()
        .startsWith("made.Up#find(): its class file could not be woven: ")
        .contains("ClassTooLargeException");
  }

  @ParameterizedTest
  @ValueSource(ints = {45, 46, 47, 48})
  void weave_olderThanJava5_isRefused(int version) {
    HandWritten made = new HandWritten(version).cached("find", "()I", ClassWeaverTest::seven);

    assertThat(weaving.attempt(made.classFile())).isNull();
    assertThat(weaving.rejected)
        .containsExactly("made.Up#find(): its class was compiled for Java 1.4 or older");
  }

  @Test
  void weave_annotationWithTwoProblems_saysBoth() {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_SUPER, "a/A", null, "java/lang/Object", null);
    MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "find", "()I", null, null);
    AnnotationVisitor cached = method.visitAnnotation(MethodFinder.CACHED, true);
    cached.visit("ttl", "soon");
    cached.visitEnum("instances", "Lio/larder/Instances;", "SHARED");
    cached.visitEnd();
    seven(method);
    method.visitMaxs(1, 0);
    method.visitEnd();

    assertThat(weaving.attempt(writer.toByteArray())).isNull();
    assertThat(weaving.rejected)
        .containsExactly(
            "a.A#find(): ttl must be a duration such as \"250ms\", \"30s\", \"5m\", \"2h\","
                + " \"1d\" or \"PT30S\", or \"off\": \"soon\"; instances must be one of"
                + " [SEPARATE, INTERCHANGEABLE, EQUAL]: SHARED");
  }

  @Test
  void weave_otherMethods_keepTheirBytes() {
    byte[] before = ClassFiles.of(Unchanged.class);

    byte[] after = weaving.weave(before);

    List<byte[]> kept = MethodBytes.of(before, name -> !name.equals("cached"));
    assertThat(kept).hasSizeGreaterThan(5);
    assertThat(MethodBytes.of(after, name -> !name.equals("cached")))
        .usingElementComparator(Arrays::compare)
        .containsExactlyElementsOf(kept);
  }

  @Test
  void weave_shapeOfTheClass_staysAsItIs() {
    byte[] before = ClassFiles.of(Unchanged.class);

    Class<?> woven = Weaving.load(Unchanged.class.getName(), weaving.weave(before));

    assertThat(shapeOf(woven)).isEqualTo(shapeOf(Unchanged.class));
    assertThat(woven.getInterfaces()).isEqualTo(Unchanged.class.getInterfaces());
    assertThat(woven.getAnnotations()).isEqualTo(Unchanged.class.getAnnotations());
  }

  @Test
  void weave_attributesThatNobodyKnows_stay() {
    HandWritten made = new HandWritten(Opcodes.V17).cached("find", "()I", ClassWeaverTest::seven);
    made.writer().visitAttribute(new Unknown(new byte[] {1, 2, 3}));

    ClassReader reader = new ClassReader(weaving.weave(made.classFile()));
    List<Attribute> attributes = new ArrayList<>();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public void visitAttribute(Attribute attribute) {
            attributes.add(attribute);
          }
        },
        new Attribute[] {new Unknown(new byte[0])},
        0);

    assertThat(attributes)
        .singleElement()
        .satisfies(found -> assertThat(((Unknown) found).content).containsExactly(1, 2, 3));
  }

  @Test
  void weave_wovenClass_isWovenAgainWithoutHarm() throws Exception {
    HandWritten made = new HandWritten(Opcodes.V17).cached("find", "()I", ClassWeaverTest::seven);

    byte[] twice = new Weaving().weave(weaving.weave(made.classFile()));

    try (StubRuntime runtime = StubRuntime.install()) {
      Class<?> woven = Weaving.load(HandWritten.NAME, twice);
      assertThat(woven.getMethod("find").invoke(null)).isEqualTo(7);
      assertThat(woven.getMethod("find").invoke(null)).isEqualTo(7);
      assertThat(runtime.problems).isEmpty();
    }
  }

  private static List<String> shapeOf(Class<?> type) {
    return Stream.of(
            Arrays.stream(type.getDeclaredMethods()),
            Arrays.stream(type.getDeclaredFields()),
            Arrays.stream(type.getDeclaredConstructors()))
        .flatMap(members -> members)
        .map(Object::toString)
        .sorted()
        .toList();
  }

  private static void seven(MethodVisitor code) {
    code.visitIntInsn(Opcodes.BIPUSH, 7);
    code.visitInsn(Opcodes.IRETURN);
  }

  private static void nothing(MethodVisitor code) {
    code.visitInsn(Opcodes.RETURN);
  }

  private static void almost64K(MethodVisitor code) {
    Label over = new Label();
    for (int i = 0; i < 32_750; i++) {
      code.visitInsn(Opcodes.ICONST_0);
      code.visitInsn(Opcodes.POP);
    }
    code.visitJumpInsn(Opcodes.GOTO, over);
    code.visitLabel(over);
    seven(code);
  }

  /** An attribute of another tool. */
  private static final class Unknown extends Attribute {
    private final byte[] content;

    Unknown(byte[] content) {
      super("com.acme.Unknown");
      this.content = content;
    }

    @Override
    protected Attribute read(
        ClassReader reader,
        int offset,
        int length,
        char @Nullable [] buffer,
        int codeOffset,
        Label @Nullable [] labels) {
      byte[] read = new byte[length];
      for (int i = 0; i < length; i++) {
        read[i] = (byte) reader.readByte(offset + i);
      }
      return new Unknown(read);
    }

    @Override
    protected ByteVector write(
        ClassWriter writer, byte @Nullable [] code, int codeLength, int maxStack, int maxLocals) {
      return new ByteVector().putByteArray(content, 0, content.length);
    }
  }
}
