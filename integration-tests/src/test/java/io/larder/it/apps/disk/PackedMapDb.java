package io.larder.it.apps.disk;

import io.larder.Cached;
import io.larder.it.apps.LarderLoader;
import io.larder.it.apps.Probe;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * Works with MapDB as it is packed into the agent of its own JVM: with classes that see those of
 * the agent in place of the application's. The arguments are the agent's jar and a directory.
 */
public final class PackedMapDb {

  private PackedMapDb() {}

  public static void main(String[] arguments) throws Exception {
    Probe.say("answer", cached(20) + cached(20)); // brings the agent to life
    ClassLoader larder = LarderLoader.find();
    linkAll(Path.of(arguments[0]), larder);
    URL classes = PackedMapDb.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, larder)) {
      Class<?> workload = loader.loadClass("io.larder.it.apps.disk.MapDbWorkload");
      @SuppressWarnings("unchecked")
      Function<Path, Map<String, Object>> work =
          (Function<Path, Map<String, Object>>) workload.getConstructor().newInstance();
      work.apply(Path.of(arguments[1])).forEach(Probe::say);
    }
  }

  @Cached
  private static int cached(int number) {
    return number + 1;
  }

  /** Verifies and initializes all that is packed, and counts what could log. */
  private static void linkAll(Path agent, ClassLoader larder) throws Exception {
    int linked = 0;
    int logging = 0;
    try (ZipFile jar = new ZipFile(agent.toFile());
        ZipInputStream hidden =
            new ZipInputStream(jar.getInputStream(jar.getEntry("larder/org.mapdb.jar")))) {
      for (var entry = hidden.getNextEntry(); entry != null; entry = hidden.getNextEntry()) {
        String name = entry.getName().replace(".class", "").replace('/', '.');
        if (Class.forName(name, /* initialize= */ true, larder).getClassLoader() == larder) {
          linked++;
        }
        String bytes = new String(hidden.readAllBytes(), StandardCharsets.ISO_8859_1);
        if (bytes.contains("java/util/logging")) {
          logging++;
        }
      }
    }
    Probe.say("linked", linked);
    Probe.say("naming java/util/logging", logging);
  }
}
