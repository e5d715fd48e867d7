package io.larder.agent.weaving;

import java.util.function.Consumer;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Class files that no Java compiler writes, but others, obfuscators and old compilers do. */
final class HandWritten {

  static final String NAME = "made.Up";
  static final String INTERNAL_NAME = "made/Up";

  private final ClassWriter writer;

  /** A class with nothing in it; frames, where the version needs them, are computed. */
  HandWritten(int version) {
    writer =
        new ClassWriter(
            version >= Opcodes.V1_7 ? ClassWriter.COMPUTE_FRAMES : ClassWriter.COMPUTE_MAXS) {
          @Override
          protected String getCommonSuperClass(String one, String other) {
            return "java/lang/Object";
          }
        };
    writer.visit(
        version,
        Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER,
        INTERNAL_NAME,
        null,
        "java/lang/Object",
        null);
  }

  ClassWriter writer() {
    return writer;
  }

  /** Adds a static method that carries the annotation. */
  HandWritten cached(String name, String descriptor, Consumer<MethodVisitor> body) {
    return method(name, descriptor, /* annotated= */ true, body);
  }

  /** Adds a static method that does not. */
  HandWritten plain(String name, String descriptor, Consumer<MethodVisitor> body) {
    return method(name, descriptor, /* annotated= */ false, body);
  }

  private HandWritten method(
      String name, String descriptor, boolean annotated, Consumer<MethodVisitor> body) {
    MethodVisitor method =
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, descriptor, null, null);
    if (annotated) {
      method.visitAnnotation(MethodFinder.CACHED, true).visitEnd();
    }
    method.visitCode();
    body.accept(method);
    method.visitMaxs(0, 0);
    method.visitEnd();
    return this;
  }

  byte[] classFile() {
    writer.visitEnd();
    return writer.toByteArray();
  }
}
