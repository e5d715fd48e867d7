import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks whether all that is kept refers only to what is there, so that no class is found missing at
 * run time.
 */
final class Missing {

  private Missing() {}

  static void check(Reach reach, Outside outside) {
    Set<String> missing = new TreeSet<>();
    for (ClassModel model : reach.named.values()) {
      for (String key : reach.members.get(model.name)) {
        ClassModel.Member member = model.methods.getOrDefault(key, model.fields.get(key));
        for (String type : member.types()) {
          if (!reach.named.containsKey(type) && outside.model(type) == null) {
            missing.add(type + " of " + model.name + "." + key);
          }
        }
        for (ClassModel.Reference reference : member.references()) {
          if (reference.kind() != ClassModel.Kind.MAKES && !has(reach, outside, reference)) {
            missing.add(reference + " of " + model.name + "." + key);
          }
          ClassModel owner = outside.model(reference.owner());
          if (owner != null
              && isCall(reference)
              && owner.isInterface() != reference.ofInterface()) {
            missing.add(reference + " of the other kind, of " + model.name + "." + key);
          }
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException("missing:\n" + String.join("\n", missing));
    }
  }

  private static boolean isCall(ClassModel.Reference reference) {
    return switch (reference.kind()) {
      case CALLS_VIRTUAL, CALLS_STATIC, CALLS_SPECIAL -> true;
      case MAKES, USES_FIELD, USES_STATIC_FIELD -> false;
    };
  }

  private static boolean has(Reach reach, Outside outside, ClassModel.Reference reference) {
    Deque<String> types = new ArrayDeque<>(Set.of(reference.owner()));
    Set<String> seen = new HashSet<>();
    while (!types.isEmpty()) {
      String type = types.removeFirst();
      if (!seen.add(type)) {
        continue;
      }
      ClassModel model = reach.named.get(type);
      if (model != null) {
        if (reach.members.get(type).contains(reference.key())) {
          return true;
        }
        types.addAll(model.parents());
        types.add("java/lang/Object"); // which an interface has too
      } else {
        model = outside.model(type);
        if (model == null) {
          continue;
        }
        if (model.methods.containsKey(reference.key())
            || model.fields.containsKey(reference.key())
            || model.name.equals("java/lang/invoke/MethodHandle")) { // takes any arguments
          return true;
        }
        types.addAll(model.parents());
      }
    }
    return false;
  }
}
