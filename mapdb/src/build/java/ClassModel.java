import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * What one class file declares, and what each of its methods refers to. Names as in class files.
 */
final class ClassModel extends ClassVisitor {

  /** How a method refers to a class or to a member of one. */
  enum Kind {
    MAKES,
    CALLS_VIRTUAL,
    CALLS_STATIC,
    CALLS_SPECIAL,
    USES_FIELD,
    USES_STATIC_FIELD
  }

  /**
   * A reference from a method.
   *
   * @param ofInterface whether it takes the owner for an interface
   * @param key the name and the descriptor, one after the other
   */
  record Reference(Kind kind, String owner, boolean ofInterface, String key) {}

  /** A method or a field: what it refers to, and the types that the verifier may ask for. */
  record Member(int access, List<Reference> references, Set<String> types) {
    boolean isStatic() {
      return (access & Opcodes.ACC_STATIC) != 0;
    }

    boolean isAbstract() {
      return (access & Opcodes.ACC_ABSTRACT) != 0;
    }

    boolean isSeenOutside() {
      return (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0;
    }
  }

  final byte[] bytes;
  final Map<String, Member> methods = new LinkedHashMap<>();
  final Map<String, Member> fields = new LinkedHashMap<>();
  String name = "";
  int access;
  String superName;
  List<String> interfaces = List.of();

  private ClassModel(byte[] bytes) {
    super(Opcodes.ASM9);
    this.bytes = bytes;
  }

  static ClassModel of(byte[] bytes) {
    ClassModel model = new ClassModel(bytes);
    new ClassReader(bytes).accept(model, ClassReader.SKIP_DEBUG);
    return model;
  }

  boolean isInterface() {
    return (access & Opcodes.ACC_INTERFACE) != 0;
  }

  /** The class it extends and the interfaces it names. */
  List<String> parents() {
    List<String> parents = new ArrayList<>(interfaces);
    if (superName != null) {
      parents.add(superName);
    }
    return parents;
  }

  @Override
  public void visit(
      int version, int access, String name, String signature, String superName, String[] itfs) {
    this.name = name;
    this.access = access;
    this.superName = superName;
    this.interfaces = List.of(itfs);
  }

  @Override
  public FieldVisitor visitField(
      int access, String name, String descriptor, String signature, Object value) {
    fields.put(name + descriptor, new Member(access, List.of(), typesOf(descriptor)));
    return null;
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    Member method = new Member(access, new ArrayList<>(), typesOf(descriptor));
    methods.put(name + descriptor, method);
    return new References(method);
  }

  static Set<String> typesOf(String descriptor) {
    Set<String> types = new LinkedHashSet<>();
    addTypes(types, Type.getType(descriptor));
    return types;
  }

  private static void addTypes(Set<String> types, Type type) {
    switch (type.getSort()) {
      case Type.METHOD -> {
        addTypes(types, type.getReturnType());
        for (Type argument : type.getArgumentTypes()) {
          addTypes(types, argument);
        }
      }
      case Type.ARRAY -> addTypes(types, type.getElementType());
      case Type.OBJECT -> types.add(type.getInternalName());
      default -> {}
    }
  }

  /** Notes what the instructions of a method refer to. */
  private static final class References extends MethodVisitor {

    private final Member method;

    References(Member method) {
      super(Opcodes.ASM9);
      this.method = method;
    }

    private void refer(Kind kind, String owner, boolean ofInterface, String key) {
      method.references().add(new Reference(kind, owner, ofInterface, key));
    }

    private void type(String internalName) {
      addTypes(method.types(), Type.getObjectType(internalName));
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      if (opcode == Opcodes.NEW) {
        refer(Kind.MAKES, type, false, "");
      }
      type(type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
      refer(isStatic ? Kind.USES_STATIC_FIELD : Kind.USES_FIELD, owner, false, name + descriptor);
      addTypes(method.types(), Type.getType(descriptor));
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      Kind kind =
          switch (opcode) {
            case Opcodes.INVOKESTATIC -> Kind.CALLS_STATIC;
            case Opcodes.INVOKESPECIAL -> Kind.CALLS_SPECIAL;
            default -> Kind.CALLS_VIRTUAL;
          };
      if (!owner.startsWith("[")) {
        refer(kind, owner, isInterface, name + descriptor);
      }
      type(owner);
      addTypes(method.types(), Type.getType(descriptor));
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      addTypes(method.types(), Type.getType(descriptor));
      constant(bootstrap);
      for (Object argument : arguments) {
        constant(argument);
      }
    }

    @Override
    public void visitLdcInsn(Object value) {
      constant(value);
    }

    private void constant(Object value) {
      if (value instanceof Type type) {
        addTypes(method.types(), type);
      } else if (value instanceof Handle handle) {
        String owner = handle.getOwner();
        type(owner);
        boolean ofInterface = handle.isInterface();
        String key = handle.getName() + handle.getDesc();
        switch (handle.getTag()) {
          case Opcodes.H_INVOKESTATIC -> refer(Kind.CALLS_STATIC, owner, ofInterface, key);
          case Opcodes.H_NEWINVOKESPECIAL -> {
            refer(Kind.MAKES, owner, false, "");
            refer(Kind.CALLS_SPECIAL, owner, ofInterface, key);
          }
          case Opcodes.H_INVOKESPECIAL -> refer(Kind.CALLS_SPECIAL, owner, ofInterface, key);
          case Opcodes.H_INVOKEVIRTUAL, Opcodes.H_INVOKEINTERFACE ->
              refer(Kind.CALLS_VIRTUAL, owner, ofInterface, key);
          default -> refer(Kind.USES_STATIC_FIELD, owner, ofInterface, key);
        }
      }
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      addTypes(method.types(), Type.getType(descriptor));
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
      if (type != null) {
        type(type);
      }
    }

    @Override
    public void visitFrame(int type, int locals, Object[] local, int stacks, Object[] stack) {
      for (int i = 0; i < locals && local != null; i++) {
        frameType(local[i]);
      }
      for (int i = 0; i < stacks && stack != null; i++) {
        frameType(stack[i]);
      }
    }

    private void frameType(Object type) {
      if (type instanceof String named) {
        type(named);
      }
    }
  }
}
