package io.larder.agent.weaving;

import io.larder.runtime.policy.InvalidationSpec;
import io.larder.runtime.policy.MethodSpec;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Writes the class file with the woven methods. Apart, so that it is not loaded before there is
 * one.
 */
final class WovenClass extends ClassVisitor {

  private final int version;
  private final Map<String, Plan> plans;

  /**
   * What becomes of a method.
   *
   * @param method as it was found
   * @param isCached whether it is cached; else it invalidates or puts
   * @param encodedSpec how, as the runtime reads it
   * @param cacheName the cache; empty unless it is cached
   * @param effects what a method does that invalidates or puts
   */
  record Plan(
      FoundMethod method,
      boolean isCached,
      String encodedSpec,
      String cacheName,
      List<Effect> effects) {

    static Plan cached(FoundMethod method, MethodSpec spec) {
      return new Plan(method, /* isCached= */ true, spec.encode(), spec.cacheName(), List.of());
    }

    static Plan invalidating(FoundMethod method, InvalidationSpec spec, List<Effect> effects) {
      return new Plan(method, /* isCached= */ false, spec.encode(), "", effects);
    }

    /** The plan of a method that puts, which knows how those are cached whose results it puts. */
    Plan withSiblings(List<MethodSpec> cached) {
      InvalidationSpec spec = InvalidationSpec.decode(encodedSpec);
      List<MethodSpec> siblings =
          cached.stream()
              .filter(
                  each ->
                      spec.puts().stream()
                          .anyMatch(put -> put.cacheName().equals(each.cacheName())))
              .toList();
      return invalidating(method, spec.withSiblings(siblings), effects);
    }
  }

  private WovenClass(ClassVisitor next, int version, Map<String, Plan> plans) {
    super(Opcodes.ASM9, next);
    this.version = version;
    this.plans = plans;
  }

  /**
   * Weaves methods.
   *
   * @param plans by name and descriptor
   */
  static byte[] write(ClassReader reader, int version, Map<String, Plan> plans) {
    // With the reader, so that methods that are not woven are copied byte by byte.
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new WovenClass(writer, version, plans), ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    Plan plan = plans.get(name + descriptor);
    return plan == null ? next : new MethodWeaver(next, version, plan.method(), plan);
  }
}
