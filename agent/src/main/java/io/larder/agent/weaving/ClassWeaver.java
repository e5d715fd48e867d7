package io.larder.agent.weaving;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.MethodTooLargeException;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the annotated methods of one class file. With the class-file library inside Byte Buddy
 * rather than with Byte Buddy's own advice: that takes 40 loaded classes instead of 1,280.
 */
public final class ClassWeaver {

  /** Is told what becomes of each annotated method. */
  public interface Listener {

    /** The method is cached from now on. */
    void woven(String method, String cacheName);

    /** The method stays as it is. */
    void rejected(String method, String reason);
  }

  private final Listener listener;

  /**
   * A weaver.
   *
   * @param listener is told of each annotated method; called on the thread that loads the class
   */
  public ClassWeaver(Listener listener) {
    this.listener = listener;
  }

  /**
   * Weaves a class.
   *
   * @param loader the one that loads the class; {@code null} for the bootstrap loader
   * @return the woven class file; {@code null} when there is nothing to weave
   */
  public byte @Nullable [] weave(@Nullable ClassLoader loader, byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    List<FoundMethod> found = MethodFinder.find(reader);
    if (found.isEmpty()) {
      return null;
    }
    int version = reader.readShort(6);
    Supertypes supertypes = new Supertypes(loader);
    Map<String, WovenClass.Plan> plans = new HashMap<>();
    for (FoundMethod method : found) {
      MethodCheck.Outcome outcome =
          version < Opcodes.V1_5
              ? new MethodCheck.Outcome(null, "its class was compiled for Java 1.4 or older")
              : MethodCheck.check(method, supertypes);
      if (outcome.spec() == null) {
        listener.rejected(nameOf(method), String.valueOf(outcome.refusal()));
      } else {
        plans.put(method.id(), new WovenClass.Plan(method, outcome.spec()));
      }
    }
    if (plans.isEmpty()) {
      return null;
    }
    byte[] woven = write(reader, version, plans);
    for (WovenClass.Plan plan : plans.values()) {
      listener.woven(nameOf(plan.method()), plan.spec().cacheName());
    }
    return woven;
  }

  /**
   * Writes the class, without the methods that would become too large; leaves the plans it used.
   */
  private byte @Nullable [] write(
      ClassReader reader, int version, Map<String, WovenClass.Plan> plans) {
    while (!plans.isEmpty()) {
      try {
        return WovenClass.write(reader, version, plans);
      } catch (RuntimeException | Error failure) { // the class stays as it is
        // Not a catch clause of its own: the verifier would load that class for every application.
        if (failure instanceof MethodTooLargeException tooLarge) {
          WovenClass.Plan plan = plans.remove(tooLarge.getMethodName() + tooLarge.getDescriptor());
          if (plan != null) {
            listener.rejected(
                nameOf(plan.method()),
                "with the cache it would exceed the 64 KB of a method; split it");
            continue;
          }
        }
        for (WovenClass.Plan plan : plans.values()) {
          listener.rejected(nameOf(plan.method()), "its class file could not be woven: " + failure);
        }
        plans.clear();
      }
    }
    return null;
  }

  private static String nameOf(FoundMethod method) {
    return method.className + "." + method.id();
  }
}
