import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Attribute;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.TypePath;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;

/** Writes a class file with some of its members only, under other names of packages. */
final class Renamed {

  private final Map<String, String> packages;
  private final Set<String> keptClasses;

  /**
   * @param packages new names by what a name begins with
   * @param keptClasses what of the library is kept, by its old names
   */
  Renamed(Map<String, String> packages, Set<String> keptClasses) {
    this.packages = packages;
    this.keptClasses = keptClasses;
  }

  String name(String internalName) {
    for (Map.Entry<String, String> rule : packages.entrySet()) {
      if (internalName.startsWith(rule.getKey())) {
        return rule.getValue() + internalName.substring(rule.getKey().length());
      }
    }
    return internalName;
  }

  byte[] bytes(ClassModel model, Set<String> members) {
    ClassWriter writer = new ClassWriter(0);
    Remapper remapper =
        new Remapper(Opcodes.ASM9) {
          @Override
          public String map(String internalName) {
            return name(internalName);
          }
        };
    boolean withGenerics = name(model.name).equals(model.name);
    ClassVisitor cut = new Cut(new ClassRemapper(writer, remapper), members, withGenerics);
    new ClassReader(model.bytes).accept(cut, ClassReader.SKIP_DEBUG);
    return writer.toByteArray();
  }

  /**
   * Leaves out members, annotations, which are for compilers, and what refers to classes left out.
   */
  private final class Cut extends ClassVisitor {

    private final Set<String> members;
    private final boolean withGenerics;

    Cut(ClassVisitor next, Set<String> members, boolean withGenerics) {
      super(Opcodes.ASM9, next);
      this.members = members;
      this.withGenerics = withGenerics;
    }

    @Override
    public void visit(
        int version, int access, String name, String signature, String superName, String[] itfs) {
      super.visit(version, access, name, withGenerics ? signature : null, superName, itfs);
    }

    @Override
    public FieldVisitor visitField(
        int access, String name, String descriptor, String signature, Object value) {
      if (!members.contains(name + descriptor)) {
        return null;
      }
      String generics = withGenerics ? signature : null;
      return new FieldVisitor(
          Opcodes.ASM9, super.visitField(access, name, descriptor, generics, value)) {
        @Override
        public AnnotationVisitor visitAnnotation(String type, boolean visible) {
          return null;
        }
      };
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      if (!members.contains(name + descriptor)) {
        return null;
      }
      String generics = withGenerics ? signature : null;
      return new WithoutAnnotations(
          super.visitMethod(access, name, descriptor, generics, exceptions));
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      return null;
    }

    @Override
    public AnnotationVisitor visitTypeAnnotation(
        int reference, TypePath path, String descriptor, boolean visible) {
      return null;
    }

    @Override
    public void visitAttribute(Attribute attribute) {}

    @Override
    public void visitOuterClass(String owner, String name, String descriptor) {
      // Only what asks for it by reflection reads this.
    }

    @Override
    public void visitInnerClass(String name, String outerName, String innerName, int access) {
      boolean outerKept = outerName == null || keptClasses.contains(outerName);
      if (withGenerics && keptClasses.contains(name) && outerKept) {
        super.visitInnerClass(name, outerName, innerName, access);
      }
    }
  }

  private static final class WithoutAnnotations extends MethodVisitor {

    WithoutAnnotations(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      return null;
    }

    @Override
    public AnnotationVisitor visitParameterAnnotation(
        int parameter, String descriptor, boolean visible) {
      return null;
    }
  }
}
