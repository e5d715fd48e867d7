import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Writes MapDB and the libraries it needs as far as Larder can reach them, beside the classes that
 * stand in for others of its libraries. Run by the build.
 */
final class CutMapDb {

  /**
   * Under MapDB's own package, so that no class of the same name in an application or a test meets
   * it.
   */
  private static final String CARRIED = "org/mapdb/carried/";

  private static final Map<String, String> PACKAGES =
      Map.of(
          "kotlin/", CARRIED + "kotlin/",
          "org/eclipse/collections/", CARRIED + "eclipse/",
          "net/jpountz/xxhash/", CARRIED + "xxhash/",
          "java/util/logging/", CARRIED + "logging/");

  private CutMapDb() {}

  /**
   * @param arguments the file with the roots, the directory of compiled classes to read the
   *     stand-ins from and to write to, and the jars
   */
  public static void main(String[] arguments) throws IOException {
    Path roots = Path.of(arguments[0]);
    Path classes = Path.of(arguments[1]);
    List<String> jars = Arrays.asList(arguments).subList(2, arguments.length);
    Map<String, ClassModel> library = new HashMap<>();
    for (String jar : jars) {
      read(jar, library);
    }
    Outside outside = standIns(classes, library);
    Reach reach = new Reach(library, outside);
    for (String line : Files.readAllLines(roots)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] root = line.split(" ");
        for (String method : Arrays.asList(root).subList(1, root.length)) {
          reach.start(root[0].replace('.', '/'), method);
        }
      }
    }
    Missing.check(reach, outside);
    Renamed renamed = new Renamed(PACKAGES, reach.named.keySet());
    for (ClassModel model : reach.named.values()) {
      Path file = classes.resolve(renamed.name(model.name) + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, renamed.bytes(model, reach.members.get(model.name)));
    }
  }

  private static void read(String jar, Map<String, ClassModel> library) throws IOException {
    try (ZipFile zip = new ZipFile(jar)) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String name = entry.getName();
        if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.contains("-")) {
          try (InputStream in = zip.getInputStream(entry)) {
            ClassModel model = ClassModel.of(in.readAllBytes());
            library.put(model.name, model);
          }
        }
      }
    }
  }

  /** What was compiled here stands in for the library's classes of the same old name. */
  private static Outside standIns(Path classes, Map<String, ClassModel> library)
      throws IOException {
    Map<String, String> oldNames = new LinkedHashMap<>();
    PACKAGES.forEach((from, to) -> oldNames.put(to, from));
    Renamed back = new Renamed(oldNames, library.keySet());
    Outside outside = new Outside();
    try (Stream<Path> files = Files.walk(classes.resolve(CARRIED))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        ClassModel model = ClassModel.of(Files.readAllBytes(file));
        Set<String> all = new HashSet<>(model.methods.keySet());
        all.addAll(model.fields.keySet());
        ClassModel underOldName = ClassModel.of(back.bytes(model, all));
        outside.add(underOldName);
        library.remove(underOldName.name);
      }
    }
    return outside;
  }
}
