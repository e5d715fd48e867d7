import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;

/** The classes that are there already: those of the JDK, and those that stand in for a library. */
final class Outside {

  private final Map<String, ClassModel> models = new HashMap<>();

  /** Takes a class that stands in for another, under the name of that. */
  void add(ClassModel standIn) {
    models.put(standIn.name, standIn);
  }

  /** The class, or null if there is none of that name. */
  ClassModel model(String name) {
    return models.computeIfAbsent(name, Outside::ofJdk);
  }

  private static ClassModel ofJdk(String name) {
    if (!name.startsWith("java/") && !name.startsWith("javax/") && !name.startsWith("sun/")) {
      return null;
    }
    try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
      return in == null ? null : ClassModel.of(in.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  List<String> parents(String name) {
    ClassModel model = model(name);
    return model == null ? List.of() : model.parents();
  }

  /** The methods that a class which extends this one may override. */
  Set<String> methods(String name) {
    Set<String> keys = new HashSet<>();
    ClassModel model = model(name);
    if (model != null) {
      model.methods.forEach(
          (key, method) -> {
            if (!method.isStatic()
                && (method.access() & Opcodes.ACC_PRIVATE) == 0
                && !key.startsWith("<")) {
              keys.add(key);
            }
          });
    }
    return keys;
  }
}
