package io.larder.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Set;

/**
 * Defines the link in {@code java.lang}: of all packages the one that every class loader, OSGi
 * bundle and module sees. Unlike a jar on the bootstrap path this leaves class data sharing on.
 * Done when the first class is woven, because an application without one need not pay for it. From
 * Larder's own class loader, whose module is the only one to which {@code java.lang} and {@code
 * java.lang.invoke} are opened.
 */
final class LinkDefinition implements Runnable {

  /** The classes that woven code names, in the order in which they depend on each other. */
  private static final String[] LINK_CLASSES = {"LarderHit", "LarderTicket", "LarderLink"};

  private final Instrumentation instrumentation;

  LinkDefinition(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  @Override
  public void run() {
    open("java.lang.invoke"); // or Fory takes a way about which newer JDKs warn
    if (isThere()) { // since Larder was here before, and left
      return;
    }
    open("java.lang");
    try {
      MethodHandles.Lookup javaLang =
          MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
      for (String name : LINK_CLASSES) {
        javaLang.defineClass(classFile(name));
      }
    } catch (IOException | IllegalAccessException failure) {
      throw new IllegalStateException("the link in java.lang could not be defined", failure);
    }
  }

  /** Opens a package of the JDK's to Larder's own class loader alone. */
  private void open(String packageName) {
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of(packageName, Set.of(LinkDefinition.class.getModule())),
        Set.of(),
        Map.of());
  }

  private static boolean isThere() {
    try {
      Class.forName(
          "java.lang." + LINK_CLASSES[LINK_CLASSES.length - 1], /* initialize= */ false, null);
      return true;
    } catch (ClassNotFoundException notYet) {
      return false;
    }
  }

  private static byte[] classFile(String name) throws IOException {
    String resource = "java/lang/" + name + ".class";
    try (InputStream in = LinkDefinition.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("the agent's jar has no " + resource + "; was it repackaged?");
      }
      return in.readAllBytes();
    }
  }
}
