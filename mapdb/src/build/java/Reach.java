import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What can be reached from some methods: which classes are named, which of their methods can be
 * called, which of their fields are used. A call is taken to go to each class of which an instance
 * can exist, and what overrides a method of the JDK to be called by it; so more is kept than is
 * needed, and never less, but for what is found by its name at run time.
 */
final class Reach {

  private final Map<String, ClassModel> library;
  private final Outside outside;

  /** The classes to keep, in order of their names, if only as a name without members. */
  final Map<String, ClassModel> named = new TreeMap<>();

  /** What is kept of each class: keys of methods and fields. */
  final Map<String, Set<String>> members = new HashMap<>();

  private final Set<String> initialized = new HashSet<>();
  private final Set<String> made = new LinkedHashSet<>();
  private final Map<String, Set<String>> calls = new LinkedHashMap<>();
  private final Map<String, Set<String>> supers = new HashMap<>();
  private final Deque<Runnable> work = new ArrayDeque<>();

  Reach(Map<String, ClassModel> library, Outside outside) {
    this.library = library;
    this.outside = outside;
  }

  /** Takes a method, or all that are public or protected if the name is {@code *}. */
  void start(String owner, String methodName) {
    ClassModel model = library.get(owner);
    if (model == null) {
      throw new IllegalArgumentException("no class " + owner + "; see roots.txt");
    }
    name(owner);
    initialize(owner);
    boolean found = false;
    for (Map.Entry<String, ClassModel.Member> method : model.methods.entrySet()) {
      String itsName = method.getKey().substring(0, method.getKey().indexOf('('));
      if (methodName.equals("*") ? method.getValue().isSeenOutside() : itsName.equals(methodName)) {
        found = true;
        call(owner, method.getKey());
        if (itsName.equals("<init>")) {
          make(owner);
        }
      }
    }
    if (!found) {
      throw new IllegalArgumentException("no method " + methodName + " in " + owner);
    }
    while (!work.isEmpty()) {
      work.removeFirst().run();
    }
  }

  private void name(String type) {
    ClassModel model = library.get(type);
    if (model != null && named.put(type, model) == null) {
      members.put(type, new LinkedHashSet<>());
      model.parents().forEach(this::name);
    }
  }

  private void initialize(String type) {
    ClassModel model = library.get(type);
    if (model == null || !initialized.add(type)) {
      return;
    }
    name(type);
    if (model.superName != null) {
      initialize(model.superName);
    }
    for (String parent : model.interfaces) {
      ClassModel parentModel = library.get(parent);
      if (parentModel != null
          && parentModel.methods.values().stream()
              .anyMatch(m -> !m.isAbstract() && !m.isStatic())) {
        initialize(parent);
      }
    }
    if (!model.isInterface()) {
      keep(model, "<clinit>()V"); // that of an interface with its constants
    }
    if ("java/lang/Enum".equals(model.superName)) {
      keep(model, "values()[L" + type + ";");
      keep(model, "valueOf(Ljava/lang/String;)L" + type + ";");
    }
  }

  private void make(String type) {
    if (!library.containsKey(type) || !made.add(type)) {
      return;
    }
    initialize(type);
    Set<String> overridable = new HashSet<>();
    for (String parent : supersOf(type)) {
      if (!library.containsKey(parent)) {
        overridable.addAll(outside.methods(parent));
      }
    }
    for (String parent : supersOf(type)) {
      ClassModel model = library.get(parent);
      if (model != null) {
        model.methods.keySet().stream()
            .filter(overridable::contains)
            .forEach(key -> keep(model, key));
      }
    }
    calls.forEach(
        (key, owners) -> {
          if (owners.stream().anyMatch(supersOf(type)::contains)) {
            dispatch(type, key);
          }
        });
  }

  private void call(String owner, String key) {
    name(owner);
    if (!library.containsKey(owner)
        || !calls.computeIfAbsent(key, any -> new LinkedHashSet<>()).add(owner)) {
      return;
    }
    keepDeclarations(owner, key);
    for (String type : made) {
      if (supersOf(type).contains(owner)) {
        dispatch(type, key);
      }
    }
  }

  private void keepDeclarations(String owner, String key) {
    for (String parent : supersOf(owner)) {
      ClassModel model = library.get(parent);
      if (model != null && keep(model, key)) {
        initialize(parent);
      }
    }
  }

  private void dispatch(String type, String key) {
    for (ClassModel model = library.get(type); model != null; ) {
      if (model.methods.containsKey(key)) {
        keep(model, key);
        return;
      }
      model = library.get(model.superName);
    }
    keepDeclarations(type, key); // a default method
  }

  /** Whether the class declares it. */
  private boolean keep(ClassModel model, String key) {
    ClassModel.Member member = model.methods.get(key);
    if (member == null) {
      member = model.fields.get(key);
      if (member != null && model.isInterface()) {
        // Only who uses a constant needs them: MapDB's interface of serializers makes all there are.
        keep(model, "<clinit>()V");
      }
    }
    if (member == null) {
      return false;
    }
    name(model.name);
    if (members.get(model.name).add(key)) {
      ClassModel.Member kept = member;
      work.add(() -> follow(kept));
    }
    return true;
  }

  private void follow(ClassModel.Member member) {
    member.types().forEach(this::name);
    for (ClassModel.Reference reference : member.references()) {
      switch (reference.kind()) {
        case MAKES -> make(reference.owner());
        case CALLS_VIRTUAL -> call(reference.owner(), reference.key());
        case CALLS_STATIC, USES_STATIC_FIELD -> {
          initialize(reference.owner());
          keepDeclarations(reference.owner(), reference.key());
        }
        case CALLS_SPECIAL, USES_FIELD -> keepDeclarations(reference.owner(), reference.key());
      }
    }
  }

  /** The class itself and all it extends or implements, also those outside the library. */
  private Set<String> supersOf(String type) {
    Set<String> known = supers.get(type);
    if (known != null) {
      return known;
    }
    Set<String> all = new LinkedHashSet<>();
    all.add(type);
    ClassModel model = library.get(type);
    if (model != null) {
      model.parents().forEach(parent -> all.addAll(supersOf(parent)));
    } else {
      outside.parents(type).forEach(parent -> all.addAll(supersOf(parent)));
    }
    supers.put(type, all);
    return all;
  }
}
