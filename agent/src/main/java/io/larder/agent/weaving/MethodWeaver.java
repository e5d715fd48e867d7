package io.larder.agent.weaving;

import io.larder.runtime.callsite.CallSiteLinker;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Weaves the cache around the body of one method. What comes out reads, for {@code T m(args)}:
 *
 * <pre>
 *   Object entered;
 *   try {
 *     LarderHit hit = [invokedynamic hit](this, args);
 *     if (hit != null) return (T) hit.value;
 *     entered = [invokedynamic miss](this, args);
 *   } catch (Throwable t) { LarderLink.report(t, Owner.class, method); entered = null; }
 *   if (entered instanceof LarderHit) return (T) ((LarderHit) entered).value;
 *   LarderLink.proceed(entered);
 *   try {
 *     ... the body, in which each "return r" became
 *         try { LarderLink.loaded(r, entered); } catch (Throwable ours) {}  return r;
 *   } catch (Throwable t) {
 *     try { LarderLink.failed(t, entered); } catch (Throwable ours) {}
 *     throw t;
 *   }
 * </pre>
 *
 * <p>A method that only invalidates has no hit and may return nothing: its one call site answers
 * with the ticket that is told how the body ended.
 *
 * <p>Only the body of the method changes, never the shape of the class, so the same weaving works
 * by retransformation and can be taken out. The new locals lie above those of the body, which keeps
 * its instructions as they are; of its stack map frames each is told of the one local that lives
 * on. The handlers of {@code loaded} come first in the exception table, so that not even a handler
 * of the body itself can see an error of ours; the handler of the body comes last, after its own.
 */
final class MethodWeaver extends MethodVisitor {

  /** The entered object, a result of up to two words, and an exception. */
  static final int ADDED_LOCALS = 4;

  // By name: the command line, which only checks, never defines them. Renamed as the jar is packed.
  private static final String LINK = "io/larder/bootstrap/LarderLink";
  private static final String HIT = "io/larder/bootstrap/LarderHit";
  private static final String OBJECT = "java/lang/Object";
  private static final String THROWABLE = "java/lang/Throwable";
  private static final Type OBJECT_TYPE = Type.getType(Object.class);
  private static final Type HIT_TYPE = Type.getObjectType(HIT);
  private static final Handle BOOTSTRAP =
      new Handle(
          Opcodes.H_INVOKESTATIC,
          LINK,
          "link",
          "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
              + "Ljava/lang/invoke/MethodType;Ljava/lang/String;)Ljava/lang/invoke/CallSite;",
          false);

  private final int version;
  private final Type owner;
  private final boolean isStatic;
  private final boolean isCached;
  private final String encodedSpec;
  private final Type result;
  private final Type[] parameters;
  private final int maxLocals;
  private final int entered;
  private final int returned;
  private final int thrown;

  private final Label entryFailed = new Label();
  private final Label loadedFailed = new Label();
  private final Label bodyFailed = new Label();
  private final Label proceed = new Label();

  /** Where the calls of {@code loaded} begin and end, for each return of the body. */
  private final List<Label[]> exits = new ArrayList<>();

  private int nextExit;

  /** Stretches of the body between the exits. */
  private final List<Label[]> stretches = new ArrayList<>();

  private Label stretchStart = new Label();

  MethodWeaver(MethodVisitor next, int version, FoundMethod method, WovenClass.Plan plan) {
    super(Opcodes.ASM9, next);
    this.version = version;
    this.owner = Type.getObjectType(method.className.replace('.', '/'));
    this.isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
    this.isCached = plan.isCached();
    this.encodedSpec = plan.encodedSpec();
    this.result = Type.getReturnType(method.descriptor);
    this.parameters = Type.getArgumentTypes(method.descriptor);
    this.maxLocals = method.maxLocals;
    this.entered = maxLocals;
    this.returned = maxLocals + 1;
    this.thrown = maxLocals + 3;
    for (int i = 0; i < method.returns; i++) {
      exits.add(new Label[] {new Label(), new Label()});
    }
  }

  @Override
  public void visitCode() {
    mv.visitCode();
    for (Label[] exit : exits) {
      mv.visitTryCatchBlock(exit[0], exit[1], loadedFailed, null);
    }
    Label entryStart = new Label();
    Label entryEnd = new Label();
    mv.visitTryCatchBlock(entryStart, entryEnd, entryFailed, null);
    mv.visitLabel(entryStart);
    if (version < Opcodes.V1_7) {
      dispatch();
    } else if (isCached) {
      Label noHit = new Label();
      callSite(CallSiteLinker.HIT, HIT_TYPE);
      mv.visitVarInsn(Opcodes.ASTORE, entered);
      mv.visitVarInsn(Opcodes.ALOAD, entered);
      mv.visitJumpInsn(Opcodes.IFNULL, noHit);
      returnHit();
      mv.visitLabel(noHit);
      frame(List.of(HIT), List.of());
      callSite(CallSiteLinker.MISS, OBJECT_TYPE);
    } else {
      callSite(CallSiteLinker.INVALIDATION, OBJECT_TYPE);
    }
    mv.visitLabel(entryEnd);
    mv.visitVarInsn(Opcodes.ASTORE, entered);
    if (isCached) {
      mv.visitVarInsn(Opcodes.ALOAD, entered);
      mv.visitTypeInsn(Opcodes.INSTANCEOF, HIT);
      mv.visitJumpInsn(Opcodes.IFEQ, proceed);
      returnHit();
    }
    mv.visitLabel(proceed);
    frame(List.of(OBJECT), List.of());
    mv.visitVarInsn(Opcodes.ALOAD, entered);
    mv.visitMethodInsn(Opcodes.INVOKESTATIC, LINK, "proceed", "(Ljava/lang/Object;)V", false);
    mv.visitLabel(stretchStart);
  }

  /** Calls an entry with the instance, if any, and the arguments. */
  private void callSite(String name, Type answer) {
    StringBuilder type = new StringBuilder("(");
    if (!isStatic) {
      mv.visitVarInsn(Opcodes.ALOAD, 0);
      type.append(OBJECT_TYPE.getDescriptor());
    }
    int slot = isStatic ? 0 : 1;
    for (Type parameter : parameters) {
      mv.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), slot);
      // References as Object: naming their classes would load them here, earlier than the body
      // does.
      type.append(isReference(parameter) ? OBJECT_TYPE.getDescriptor() : parameter.getDescriptor());
      slot += parameter.getSize();
    }
    type.append(")").append(answer.getDescriptor());
    mv.visitInvokeDynamicInsn(name, type.toString(), BOOTSTRAP, encodedSpec);
  }

  /** For class files before Java 7, which have no invokedynamic. */
  private void dispatch() {
    mv.visitLdcInsn(owner);
    mv.visitLdcInsn(encodedSpec);
    if (isStatic) {
      mv.visitInsn(Opcodes.ACONST_NULL);
    } else {
      mv.visitVarInsn(Opcodes.ALOAD, 0);
    }
    mv.visitIntInsn(Opcodes.SIPUSH, parameters.length);
    mv.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
    int slot = isStatic ? 0 : 1;
    for (int i = 0; i < parameters.length; i++) {
      mv.visitInsn(Opcodes.DUP);
      mv.visitIntInsn(Opcodes.SIPUSH, i);
      mv.visitVarInsn(parameters[i].getOpcode(Opcodes.ILOAD), slot);
      if (!isReference(parameters[i])) {
        String box = Boxes.of(parameters[i]);
        mv.visitMethodInsn(
            Opcodes.INVOKESTATIC,
            box,
            "valueOf",
            "(" + parameters[i].getDescriptor() + ")L" + box + ";",
            false);
      }
      mv.visitInsn(Opcodes.AASTORE);
      slot += parameters[i].getSize();
    }
    mv.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        LINK,
        "enter",
        "(Ljava/lang/Class;Ljava/lang/String;Ljava/lang/Object;[Ljava/lang/Object;)"
            + OBJECT_TYPE.getDescriptor(),
        false);
  }

  private void returnHit() {
    mv.visitVarInsn(Opcodes.ALOAD, entered);
    mv.visitTypeInsn(Opcodes.CHECKCAST, HIT);
    mv.visitFieldInsn(Opcodes.GETFIELD, HIT, "value", OBJECT_TYPE.getDescriptor());
    unbox();
    mv.visitInsn(result.getOpcode(Opcodes.IRETURN));
  }

  private void unbox() {
    if (isReference(result)) {
      if (!result.equals(OBJECT_TYPE)) {
        mv.visitTypeInsn(Opcodes.CHECKCAST, result.getInternalName());
      }
      return;
    }
    String box = Boxes.of(result);
    mv.visitTypeInsn(Opcodes.CHECKCAST, box);
    mv.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        box,
        result.getClassName() + "Value",
        "()" + result.getDescriptor(),
        false);
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode < Opcodes.IRETURN || opcode > Opcodes.RETURN) {
      mv.visitInsn(opcode);
      return;
    }
    Label[] exit = exits.get(nextExit++);
    store();
    Label stretchEnd = new Label();
    mv.visitLabel(stretchEnd);
    stretches.add(new Label[] {stretchStart, stretchEnd});
    mv.visitLabel(exit[0]);
    if (isVoid()) {
      mv.visitInsn(Opcodes.ACONST_NULL);
    } else {
      load();
    }
    mv.visitVarInsn(Opcodes.ALOAD, entered);
    String value =
        isReference(result) || isVoid() ? OBJECT_TYPE.getDescriptor() : result.getDescriptor();
    mv.visitMethodInsn(
        Opcodes.INVOKESTATIC, LINK, "loaded", "(" + value + "Ljava/lang/Object;)V", false);
    mv.visitLabel(exit[1]);
    load();
    mv.visitInsn(opcode);
    stretchStart = new Label();
    mv.visitLabel(stretchStart);
  }

  private boolean isVoid() {
    return result.getSort() == Type.VOID;
  }

  /** Puts the result of the body, if there is one, into its local. */
  private void store() {
    if (!isVoid()) {
      mv.visitVarInsn(result.getOpcode(Opcodes.ISTORE), returned);
    }
  }

  private void load() {
    if (!isVoid()) {
      mv.visitVarInsn(result.getOpcode(Opcodes.ILOAD), returned);
    }
  }

  @Override
  public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
    List<Object> locals = new ArrayList<>();
    int slots = 0;
    for (int i = 0; i < numLocal; i++) {
      locals.add(local[i]);
      slots += local[i] == Opcodes.LONG || local[i] == Opcodes.DOUBLE ? 2 : 1;
    }
    for (; slots < maxLocals; slots++) {
      locals.add(Opcodes.TOP);
    }
    locals.add(OBJECT);
    mv.visitFrame(Opcodes.F_NEW, locals.size(), locals.toArray(), numStack, stack);
  }

  @Override
  public void visitMaxs(int maxStack, int ignored) {
    Label end = new Label();
    mv.visitLabel(end);
    stretches.add(new Label[] {stretchStart, end});
    handleEntryFailed();
    handleLoadedFailed();
    handleBodyFailed();
    mv.visitMaxs(maxStack, maxLocals + ADDED_LOCALS);
  }

  private void handleEntryFailed() {
    mv.visitLabel(entryFailed);
    frame(List.of(), List.of(THROWABLE));
    mv.visitLdcInsn(owner);
    mv.visitLdcInsn(encodedSpec);
    mv.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        LINK,
        "report",
        "(Ljava/lang/Throwable;Ljava/lang/Class;Ljava/lang/String;)V",
        false);
    mv.visitInsn(Opcodes.ACONST_NULL);
    mv.visitVarInsn(Opcodes.ASTORE, entered);
    mv.visitJumpInsn(Opcodes.GOTO, proceed);
  }

  private void handleLoadedFailed() {
    if (exits.isEmpty()) {
      return; // a body that always throws
    }
    mv.visitLabel(loadedFailed);
    frameAboveBody(isVoid() ? List.of(OBJECT) : List.of(OBJECT, frameType(result)));
    mv.visitInsn(Opcodes.POP);
    load();
    mv.visitInsn(result.getOpcode(Opcodes.IRETURN));
  }

  private void handleBodyFailed() {
    Label start = new Label();
    Label end = new Label();
    Label failedFailed = new Label();
    mv.visitTryCatchBlock(start, end, failedFailed, null);
    for (Label[] stretch : stretches) {
      if (stretch[0].getOffset() < stretch[1].getOffset()) {
        mv.visitTryCatchBlock(stretch[0], stretch[1], bodyFailed, null);
      }
    }
    mv.visitLabel(bodyFailed);
    frameAboveBody(List.of(OBJECT));
    mv.visitVarInsn(Opcodes.ASTORE, thrown);
    mv.visitLabel(start);
    mv.visitVarInsn(Opcodes.ALOAD, thrown);
    mv.visitVarInsn(Opcodes.ALOAD, entered);
    mv.visitMethodInsn(
        Opcodes.INVOKESTATIC, LINK, "failed", "(Ljava/lang/Throwable;Ljava/lang/Object;)V", false);
    mv.visitLabel(end);
    mv.visitVarInsn(Opcodes.ALOAD, thrown);
    mv.visitInsn(Opcodes.ATHROW);
    mv.visitLabel(failedFailed);
    frameAboveBody(List.of(OBJECT, Opcodes.TOP, Opcodes.TOP, THROWABLE));
    mv.visitInsn(Opcodes.POP);
    mv.visitVarInsn(Opcodes.ALOAD, thrown);
    mv.visitInsn(Opcodes.ATHROW);
  }

  /** A frame with the parameters as the method was entered, and ours. */
  private void frame(List<Object> ours, List<Object> stack) {
    List<Object> locals = new ArrayList<>();
    int slots = isStatic ? 0 : 1;
    if (!isStatic) {
      locals.add(owner.getInternalName());
    }
    for (Type parameter : parameters) {
      locals.add(frameType(parameter));
      slots += parameter.getSize();
    }
    frame(locals, slots, ours, stack);
  }

  /**
   * A frame that knows nothing of the body's locals, for handlers that any place of it may reach.
   */
  private void frameAboveBody(List<Object> ours) {
    frame(new ArrayList<>(), 0, ours, List.of(THROWABLE));
  }

  private void frame(List<Object> locals, int usedSlots, List<Object> ours, List<Object> stack) {
    if (version < Opcodes.V1_6) {
      return; // class files before Java 6 have no frames
    }
    for (int slots = usedSlots; slots < maxLocals && !ours.isEmpty(); slots++) {
      locals.add(Opcodes.TOP);
    }
    locals.addAll(ours);
    mv.visitFrame(Opcodes.F_NEW, locals.size(), locals.toArray(), stack.size(), stack.toArray());
  }

  private static Object frameType(Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> Opcodes.INTEGER;
      case Type.LONG -> Opcodes.LONG;
      case Type.FLOAT -> Opcodes.FLOAT;
      case Type.DOUBLE -> Opcodes.DOUBLE;
      default -> type.getInternalName();
    };
  }

  private static boolean isReference(Type type) {
    return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
  }
}
