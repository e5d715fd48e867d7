package io.larder.agent.weaving;

import io.larder.agent.rules.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Weaves class files and keeps what the weaver said of them. */
final class Weaving {

  private static final ClassLoader LOADER = Weaving.class.getClassLoader();

  final List<String> woven = new ArrayList<>();
  final List<String> rejected = new ArrayList<>();

  /** Weaves; {@code null} when the weaver left the class as it is. */
  byte @Nullable [] attempt(byte[] classFile) {
    ClassWeaver.Result result =
        ClassWeaver.weave(
            LOADER, classFile, Rules.NONE.exclusionsOf(null, "whatever", new byte[0]));
    for (WeavingOutcome outcome : result.outcomes()) {
      if (outcome.kind() == WeavingOutcome.Kind.REFUSED) {
        rejected.add(outcome.method() + ": " + outcome.detail());
      } else {
        woven.add(outcome.method());
      }
    }
    return result.classFile();
  }

  /** Weaves a class that has something to weave. */
  byte[] weave(byte[] classFile) {
    byte[] result = attempt(classFile);
    if (result == null) {
      throw new AssertionError("nothing was woven: " + rejected);
    }
    return result;
  }

  /** Loads class files by name, those given before those of the tests. Verifies them all. */
  static ClassLoader loaderOf(Map<String, byte[]> classFiles) {
    return new ClassLoader(LOADER) {
      @Override
      protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        byte[] classFile = classFiles.get(name);
        if (classFile == null) {
          return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
          Class<?> loaded = findLoadedClass(name);
          return loaded == null ? defineClass(name, classFile, 0, classFile.length) : loaded;
        }
      }
    };
  }

  /** Loads, verifies and initialises one class. */
  static Class<?> load(String name, byte[] classFile) {
    try {
      return Class.forName(name, true, loaderOf(Map.of(name, classFile)));
    } catch (ClassNotFoundException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
