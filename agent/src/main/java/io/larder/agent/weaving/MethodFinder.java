package io.larder.agent.weaving;

import io.larder.agent.rules.ClassRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads the methods of a class file that are annotated, or that rules name. From the bytes, not by
 * reflection: that works before the class exists, loads nothing, and also where the annotations are
 * not on the class path at run time.
 */
final class MethodFinder extends ClassVisitor {

  static final String CACHED = "Lio/larder/Cached;";
  private static final String INVALIDATE = "Lio/larder/CacheInvalidate;";
  private static final String INVALIDATE_LIST = "Lio/larder/CacheInvalidate$List;";
  private static final String PUT = "Lio/larder/CachePut;";
  private static final String PUT_LIST = "Lio/larder/CachePut$List;";
  private static final String CACHE_KEY = "Lio/larder/CacheKey;";
  private static final String CACHE_IGNORE = "Lio/larder/CacheIgnore;";

  private final String className;
  private final @Nullable ClassRules rules;
  private final List<FoundMethod> found = new ArrayList<>();

  private MethodFinder(String className, @Nullable ClassRules rules) {
    super(Opcodes.ASM9);
    this.className = className;
    this.rules = rules;
  }

  /** The methods that are annotated, or that rules name. */
  static List<FoundMethod> find(ClassReader reader, ClassRules rules) {
    return read(reader, rules);
  }

  /** All methods with a body that somebody wrote. */
  static List<FoundMethod> all(ClassReader reader) {
    return read(reader, null);
  }

  private static List<FoundMethod> read(ClassReader reader, @Nullable ClassRules rules) {
    MethodFinder finder = new MethodFinder(reader.getClassName().replace('/', '.'), rules);
    reader.accept(finder, ClassReader.SKIP_FRAMES); // names of parameters are debug information
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
    private int nextParameter;

    Reader(FoundMethod method) {
      super(Opcodes.ASM9);
      this.method = method;
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      method.annotations.add(Type.getType(descriptor).getClassName());
      return switch (descriptor) {
        case CACHED -> {
          method.annotated = true;
          yield new Values(method.values);
        }
        case INVALIDATE -> new Values(added(method.invalidations));
        case INVALIDATE_LIST -> new Several(method.invalidations);
        case PUT -> new Values(added(method.puts));
        case PUT_LIST -> new Several(method.puts);
        default -> null;
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
    public void visitParameter(@Nullable String name, int access) {
      if (name != null) {
        method.setParameterName(nextParameter, name);
      }
      nextParameter++;
    }

    @Override
    public void visitLocalVariable(
        String name,
        String descriptor,
        @Nullable String signature,
        Label start,
        Label end,
        int index) {
      method.setLocalName(index, name);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
        method.returns++;
      }
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      method.maxLocals = maxLocals;
    }

    @Override
    public void visitEnd() {
      if (rules == null) {
        if (method.hasBody() && !method.name.startsWith("<")) {
          found.add(method);
        }
        return;
      }
      List<String> types = method.parameterTypes();
      method.rules = rules.of(method.name, method.hasBody(), types, method.annotations);
      if (method.hasAnnotation() || !method.rules.isEmpty()) {
        method.exclusion = rules.exclusionOf(method.name, types, method.annotations);
        found.add(method);
      }
    }
  }

  private static Map<String, Object> added(List<Map<String, Object>> annotations) {
    Map<String, Object> values = new LinkedHashMap<>();
    annotations.add(values);
    return values;
  }

  /** Reads the values of an annotation that are written out, by attribute. */
  private static final class Values extends AnnotationVisitor {

    private final Map<String, Object> values;

    Values(Map<String, Object> values) {
      super(Opcodes.ASM9);
      this.values = values;
    }

    @Override
    public void visit(String name, Object value) {
      values.put(name, value);
    }

    @Override
    public void visitEnum(String name, String enumDescriptor, String value) {
      values.put(name, value);
    }

    @Override
    public AnnotationVisitor visitArray(String name) {
      List<Object> elements = new ArrayList<>();
      values.put(name, elements);
      return new AnnotationVisitor(Opcodes.ASM9) {
        @Override
        public void visit(@Nullable String none, Object value) {
          elements.add(value);
        }
      };
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String name, String type) {
      values.put(name, type); // of a newer annotation: to be reported
      return null;
    }
  }

  /** Reads an annotation that holds several of one kind. */
  private static final class Several extends AnnotationVisitor {

    private final List<Map<String, Object>> annotations;

    Several(List<Map<String, Object>> annotations) {
      super(Opcodes.ASM9);
      this.annotations = annotations;
    }

    @Override
    public AnnotationVisitor visitArray(String name) {
      return new AnnotationVisitor(Opcodes.ASM9) {
        @Override
        public AnnotationVisitor visitAnnotation(@Nullable String none, String type) {
          return new Values(added(annotations));
        }
      };
    }
  }
}
