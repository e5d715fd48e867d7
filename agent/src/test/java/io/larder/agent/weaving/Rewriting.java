package io.larder.agent.weaving;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Makes class files out of others. */
final class Rewriting {

  private static final int OLDEST_FEATURE = 44;

  private Rewriting() {}

  /** The newest version of class files that this JVM takes. */
  static int newestVersion() {
    return Runtime.version().feature() + OLDEST_FEATURE;
  }

  /** With another version, written into the header. */
  static byte[] withVersion(byte[] classFile, int version) {
    byte[] copy = classFile.clone();
    copy[6] = (byte) (version >> 8);
    copy[7] = (byte) version;
    return copy;
  }

  /** Without stack map frames, as compilers for Java 5 and some for Java 6 write it. */
  static byte[] withoutFrames(byte[] classFile) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(classFile).accept(writer, ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }

  /** With the annotation on each method that may have it, bridges and lambdas among them. */
  static byte[] annotated(byte[] classFile) {
    return rewritten(classFile, /* keepInitialiser= */ true);
  }

  /**
   * As {@link #annotated}, without static initialiser: to initialise the class then verifies it and
   * does nothing else.
   */
  static byte[] annotatedForVerification(byte[] classFile) {
    return rewritten(classFile, /* keepInitialiser= */ false);
  }

  private static byte[] rewritten(byte[] classFile, boolean keepInitialiser) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(0); // with the reader it would copy methods as they are
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public @Nullable MethodVisitor visitMethod(
              int access,
              String name,
              String descriptor,
              @Nullable String signature,
              String @Nullable [] exceptions) {
            if (name.equals("<clinit>") && !keepInitialiser) {
              return null;
            }
            boolean chosen =
                !name.startsWith("<")
                    && (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0
                    && !descriptor.endsWith("V");
            int kept = chosen ? access & ~(Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC) : access;
            MethodVisitor method = super.visitMethod(kept, name, descriptor, signature, exceptions);
            if (chosen) {
              method.visitAnnotation(MethodFinder.CACHED, true).visitEnd();
            }
            return method;
          }
        },
        0);
    return writer.toByteArray();
  }
}
