package io.larder.agent.weaving;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Reads the annotated methods of a class file. From the bytes, not by reflection: that works before
 * the class exists, loads nothing, and also where the annotations are not on the class path at run
 * time.
 */
final class MethodFinder extends ClassVisitor {

  static final String CACHED = "Lio/larder/Cached;";
  private static final String CACHE_KEY = "Lio/larder/CacheKey;";
  private static final String CACHE_IGNORE = "Lio/larder/CacheIgnore;";

  private final String className;
  private final List<FoundMethod> found = new ArrayList<>();

  private MethodFinder(String className) {
    super(Opcodes.ASM9);
    this.className = className;
  }

  static List<FoundMethod> find(ClassReader reader) {
    MethodFinder finder = new MethodFinder(reader.getClassName().replace('/', '.'));
    reader.accept(finder, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return finder.found;
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    // Compilers copy annotations onto bridges, which call the method that is meant.
    if ((access & (Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC)) != 0) {
      return null;
    }
    FoundMethod method = new FoundMethod(className, access, name, descriptor);
    return new Reader(method);
  }

  private final class Reader extends MethodVisitor {

    private final FoundMethod method;

    Reader(FoundMethod method) {
      super(Opcodes.ASM9);
      this.method = method;
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      if (!descriptor.equals(CACHED)) {
        return null;
      }
      method.annotated = true;
      return new AnnotationVisitor(Opcodes.ASM9) {
        @Override
        public void visit(String name, Object value) {
          method.values.put(name, value);
        }

        @Override
        public void visitEnum(String name, String enumDescriptor, String value) {
          method.values.put(name, value);
        }

        @Override
        public @Nullable AnnotationVisitor visitArray(String name) {
          method.values.put(name, List.of()); // of a newer annotation: to be reported
          return null;
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String name, String type) {
          method.values.put(name, type); // as above
          return null;
        }
      };
    }

    @Override
    public @Nullable AnnotationVisitor visitParameterAnnotation(
        int parameter, String descriptor, boolean visible) {
      if (descriptor.equals(CACHE_KEY)) {
        method.keyParameters.add(parameter);
      } else if (descriptor.equals(CACHE_IGNORE)) {
        method.ignoredParameters.add(parameter);
      }
      return null;
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.ARETURN) {
        method.returns++;
      }
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      method.maxLocals = maxLocals;
    }

    @Override
    public void visitEnd() {
      if (method.annotated) {
        found.add(method);
      }
    }
  }
}
