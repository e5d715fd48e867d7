package io.larder.agent.key;

import io.larder.runtime.callsite.KeyClasses;
import io.larder.runtime.callsite.KeyShape;
import io.larder.runtime.model.InstanceKey;
import io.larder.runtime.model.Key;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Generates the key class of a method: a field of exactly its type for each argument, so that
 * nothing is boxed, and code of its own for hash and equality, so that the JIT's profile of it is
 * of this method alone. Hidden classes: they go with the method that uses them.
 */
public final class KeyClassGenerator implements KeyClasses {

  private static final String NAME = Type.getInternalName(KeyClassGenerator.class) + "$Key";
  private static final String KEY = Type.getInternalName(Key.class);
  private static final String INSTANCE_KEY = Type.getInternalName(InstanceKey.class);
  private static final String OBJECT = "Ljava/lang/Object;";

  @Override
  public MethodHandle define(KeyShape shape) {
    byte[] classFile = new Generation(shape).classFile();
    List<Class<?>> fields = new ArrayList<>();
    if (shape.ofInstance()) {
      fields.add(Object.class);
    }
    shape.parts().forEach(part -> fields.add(part.carrier()));
    try {
      MethodHandles.Lookup key =
          MethodHandles.lookup().defineHiddenClass(classFile, /* initialize= */ true);
      return key.findConstructor(key.lookupClass(), MethodType.methodType(void.class, fields));
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("a key class could not be defined", impossible);
    }
  }

  /** Writes one class. */
  private static final class Generation {

    private final KeyShape shape;
    private final String superName;
    private final String constructor;
    private final ClassWriter writer =
        new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
          @Override
          protected String getCommonSuperClass(String one, String other) {
            return "java/lang/Object";
          }
        };

    Generation(KeyShape shape) {
      this.shape = shape;
      this.superName = shape.ofInstance() ? INSTANCE_KEY : KEY;
      StringBuilder descriptor = new StringBuilder(shape.ofInstance() ? "(" + OBJECT : "(");
      shape.parts().forEach(part -> descriptor.append(part.carrier().descriptorString()));
      this.constructor = descriptor.append(")V").toString();
    }

    byte[] classFile() {
      writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, NAME, null, superName, null);
      for (int i = 0; i < shape.parts().size(); i++) {
        writer
            .visitField(
                Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, field(i), descriptor(i), null, null)
            .visitEnd();
      }
      constructor();
      computeHash();
      sameArguments();
      if (shape.ofInstance()) {
        equalsOfInstance();
      }
      copy();
      arguments();
      if (isCompact()) {
        bits();
        reference();
      }
      writer.visitEnd();
      return writer.toByteArray();
    }

    private void constructor() {
      MethodVisitor code = method("<init>", constructor);
      code.visitVarInsn(Opcodes.ALOAD, 0);
      int slot = 1;
      if (shape.ofInstance()) {
        code.visitVarInsn(Opcodes.ALOAD, slot++);
      }
      code.visitMethodInsn(
          Opcodes.INVOKESPECIAL,
          superName,
          "<init>",
          shape.ofInstance() ? "(" + OBJECT + ")V" : "()V",
          false);
      for (int i = 0; i < shape.parts().size(); i++) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(type(i).getOpcode(Opcodes.ILOAD), slot);
        code.visitFieldInsn(Opcodes.PUTFIELD, NAME, field(i), descriptor(i));
        slot += type(i).getSize();
      }
      if (shape.isTrusted()) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, NAME, "computeHash", "()I", false);
        code.visitFieldInsn(Opcodes.PUTFIELD, NAME, "hash", "I");
      }
      end(code, Opcodes.RETURN);
    }

    private void computeHash() {
      MethodVisitor code = method("computeHash", "()I");
      if (shape.ofInstance()) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, NAME, "instanceHash", "()I", false);
      } else {
        code.visitInsn(Opcodes.ICONST_1);
      }
      for (int i = 0; i < shape.parts().size(); i++) {
        code.visitIntInsn(Opcodes.BIPUSH, 31);
        code.visitInsn(Opcodes.IMUL);
        load(code, 0, i);
        hash(code, i);
        code.visitInsn(Opcodes.IADD);
      }
      end(code, Opcodes.IRETURN);
    }

    private void hash(MethodVisitor code, int part) {
      Type type = type(part);
      switch (type.getSort()) {
        case Type.LONG -> hashOfBox(code, "java/lang/Long", type);
        case Type.FLOAT -> hashOfBox(code, "java/lang/Float", type);
        case Type.DOUBLE -> hashOfBox(code, "java/lang/Double", type);
        case Type.OBJECT -> {
          if (!shape.parts().get(part).trusted()) {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, KEY, "hashOf", "(" + OBJECT + ")I", false);
            return;
          }
          Label absent = new Label();
          Label done = new Label();
          code.visitInsn(Opcodes.DUP);
          code.visitJumpInsn(Opcodes.IFNULL, absent);
          code.visitMethodInsn(
              Opcodes.INVOKEVIRTUAL, type.getInternalName(), "hashCode", "()I", false);
          code.visitJumpInsn(Opcodes.GOTO, done);
          code.visitLabel(absent);
          code.visitInsn(Opcodes.POP);
          code.visitInsn(Opcodes.ICONST_0);
          code.visitLabel(done);
        }
        default -> {} // its own hash
      }
    }

    private static void hashOfBox(MethodVisitor code, String box, Type type) {
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC, box, "hashCode", "(" + type.getDescriptor() + ")I", false);
    }

    private void sameArguments() {
      MethodVisitor code = method("sameArguments", "(L" + KEY + ";)Z");
      Label different = new Label();
      code.visitVarInsn(Opcodes.ALOAD, 1);
      code.visitTypeInsn(Opcodes.CHECKCAST, NAME);
      code.visitVarInsn(Opcodes.ASTORE, 2);
      for (int i = 0; i < shape.parts().size(); i++) {
        compare(code, i, different);
      }
      code.visitInsn(Opcodes.ICONST_1);
      code.visitInsn(Opcodes.IRETURN);
      code.visitLabel(different);
      code.visitInsn(Opcodes.ICONST_0);
      end(code, Opcodes.IRETURN);
    }

    private void compare(MethodVisitor code, int part, Label different) {
      load(code, 0, part);
      switch (type(part).getSort()) {
        case Type.LONG -> {
          load(code, 2, part);
          code.visitInsn(Opcodes.LCMP);
          code.visitJumpInsn(Opcodes.IFNE, different);
        }
        case Type.FLOAT -> compareAsBox(code, "java/lang/Float", "(FF)I", part, different);
        case Type.DOUBLE -> compareAsBox(code, "java/lang/Double", "(DD)I", part, different);
        case Type.OBJECT -> compareReferences(code, part, different);
        default -> {
          load(code, 2, part);
          code.visitJumpInsn(Opcodes.IF_ICMPNE, different);
        }
      }
    }

    /** As the boxes compare: NaN equals itself, and 0.0 is not -0.0. */
    private void compareAsBox(
        MethodVisitor code, String box, String descriptor, int part, Label different) {
      load(code, 2, part);
      code.visitMethodInsn(Opcodes.INVOKESTATIC, box, "compare", descriptor, false);
      code.visitJumpInsn(Opcodes.IFNE, different);
    }

    private void compareReferences(MethodVisitor code, int part, Label different) {
      Label same = new Label();
      Label notEqual = new Label();
      load(code, 2, part);
      code.visitJumpInsn(Opcodes.IF_ACMPEQ, same);
      load(code, 0, part);
      code.visitJumpInsn(Opcodes.IFNULL, different);
      load(code, 0, part);
      load(code, 2, part);
      code.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL,
          type(part).getInternalName(),
          "equals",
          "(" + OBJECT + ")Z",
          false);
      if (shape.parts().get(part).trusted()) {
        code.visitJumpInsn(Opcodes.IFEQ, different);
      } else {
        code.visitJumpInsn(Opcodes.IFEQ, notEqual);
        code.visitJumpInsn(Opcodes.GOTO, same);
        code.visitLabel(notEqual);
        load(code, 0, part);
        load(code, 2, part);
        code.visitMethodInsn(
            Opcodes.INVOKESTATIC, KEY, "sameArray", "(" + OBJECT + OBJECT + ")Z", false);
        code.visitJumpInsn(Opcodes.IFEQ, different);
      }
      code.visitLabel(same);
    }

    /** As that of {@code Key}, and of the same instance. */
    private void equalsOfInstance() {
      MethodVisitor code = method("equals", "(" + OBJECT + ")Z");
      Label different = new Label();
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitVarInsn(Opcodes.ALOAD, 1);
      code.visitMethodInsn(Opcodes.INVOKESPECIAL, KEY, "equals", "(" + OBJECT + ")Z", false);
      code.visitJumpInsn(Opcodes.IFEQ, different);
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitVarInsn(Opcodes.ALOAD, 1);
      code.visitTypeInsn(Opcodes.CHECKCAST, INSTANCE_KEY);
      code.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL, NAME, "sameInstance", "(L" + INSTANCE_KEY + ";)Z", false);
      code.visitInsn(Opcodes.IRETURN);
      code.visitLabel(different);
      code.visitInsn(Opcodes.ICONST_0);
      end(code, Opcodes.IRETURN);
    }

    private void copy() {
      MethodVisitor code = method("copy", "()L" + KEY + ";");
      if (shape.isTrusted() && !shape.ofInstance()) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        end(code, Opcodes.ARETURN);
        return;
      }
      code.visitTypeInsn(Opcodes.NEW, NAME);
      code.visitInsn(Opcodes.DUP);
      if (shape.ofInstance()) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, NAME, "instance", "()" + OBJECT, false);
      }
      for (int i = 0; i < shape.parts().size(); i++) {
        load(code, 0, i);
        if (!shape.parts().get(i).trusted()) {
          code.visitMethodInsn(
              Opcodes.INVOKESTATIC, KEY, "snapshot", "(" + OBJECT + ")" + OBJECT, false);
        }
      }
      code.visitMethodInsn(Opcodes.INVOKESPECIAL, NAME, "<init>", constructor, false);
      end(code, Opcodes.ARETURN);
    }

    /** Whether 64 bits and one reference hold all arguments. */
    private boolean isCompact() {
      int references = 0;
      for (int i = 0; i < shape.parts().size(); i++) {
        references += isReference(i) ? 1 : 0;
      }
      return shape.isTrusted()
          && !shape.ofInstance()
          && references <= 1
          && primitiveBits() <= Long.SIZE;
    }

    private int primitiveBits() {
      int bits = 0;
      for (int i = 0; i < shape.parts().size(); i++) {
        bits += isReference(i) ? 0 : bitsOf(i);
      }
      return bits;
    }

    private int bitsOf(int part) {
      return type(part).getSize() * Integer.SIZE;
    }

    private boolean isReference(int part) {
      return type(part).getSort() == Type.OBJECT;
    }

    /** The primitives side by side, behind the hash where there is room for it. */
    private void bits() {
      MethodVisitor code = method("bits", "()J");
      if (primitiveBits() <= Integer.SIZE) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitFieldInsn(Opcodes.GETFIELD, NAME, "hash", "I");
        code.visitInsn(Opcodes.I2L);
      } else {
        code.visitInsn(Opcodes.LCONST_0);
      }
      for (int i = 0; i < shape.parts().size(); i++) {
        if (!isReference(i)) {
          if (bitsOf(i) < Long.SIZE) {
            code.visitIntInsn(Opcodes.BIPUSH, Integer.SIZE);
            code.visitInsn(Opcodes.LSHL);
          }
          load(code, 0, i);
          toBits(code, type(i));
          code.visitInsn(Opcodes.LOR);
        }
      }
      end(code, Opcodes.LRETURN);
    }

    /** Equal bits for what {@link #compare} finds equal, and for nothing else. */
    private static void toBits(MethodVisitor code, Type type) {
      switch (type.getSort()) {
        case Type.LONG -> {}
        case Type.DOUBLE -> callStatic(code, "java/lang/Double", "doubleToLongBits", "(D)J");
        case Type.FLOAT -> {
          callStatic(code, "java/lang/Float", "floatToIntBits", "(F)I");
          callStatic(code, "java/lang/Integer", "toUnsignedLong", "(I)J");
        }
        default -> callStatic(code, "java/lang/Integer", "toUnsignedLong", "(I)J");
      }
    }

    private static void callStatic(
        MethodVisitor code, String owner, String name, String descriptor) {
      code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
    }

    /** The one part that is an object. */
    private void reference() {
      MethodVisitor code = method("reference", "()" + OBJECT);
      int part = 0;
      while (part < shape.parts().size() && !isReference(part)) {
        part++;
      }
      if (part == shape.parts().size()) {
        code.visitInsn(Opcodes.ACONST_NULL);
      } else {
        load(code, 0, part);
      }
      end(code, Opcodes.ARETURN);
    }

    private void arguments() {
      MethodVisitor code = method("arguments", "()[" + OBJECT);
      code.visitIntInsn(Opcodes.SIPUSH, shape.parts().size());
      code.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
      for (int i = 0; i < shape.parts().size(); i++) {
        code.visitInsn(Opcodes.DUP);
        code.visitIntInsn(Opcodes.SIPUSH, i);
        load(code, 0, i);
        box(code, type(i));
        code.visitInsn(Opcodes.AASTORE);
      }
      end(code, Opcodes.ARETURN);
    }

    private static void box(MethodVisitor code, Type type) {
      if (type.getSort() >= Type.ARRAY) {
        return;
      }
      String box =
          MethodType.fromMethodDescriptorString("()" + type.getDescriptor(), null)
              .wrap()
              .returnType()
              .getName()
              .replace('.', '/');
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          box,
          "valueOf",
          "(" + type.getDescriptor() + ")L" + box + ";",
          false);
    }

    private MethodVisitor method(String name, String descriptor) {
      MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, name, descriptor, null, null);
      code.visitCode();
      return code;
    }

    private static void end(MethodVisitor code, int returnInstruction) {
      code.visitInsn(returnInstruction);
      code.visitMaxs(0, 0);
      code.visitEnd();
    }

    private void load(MethodVisitor code, int key, int part) {
      code.visitVarInsn(Opcodes.ALOAD, key);
      code.visitFieldInsn(Opcodes.GETFIELD, NAME, field(part), descriptor(part));
    }

    private static String field(int part) {
      return "part" + part;
    }

    private String descriptor(int part) {
      return shape.parts().get(part).carrier().descriptorString();
    }

    private Type type(int part) {
      return Type.getType(descriptor(part));
    }
  }
}
