package com.acme.visible;

import io.larder.Cached;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An application without any library, which looks for the classes that a file names. */
public final class Main {

  private static int bodies;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    // So that the agent has loaded all it needs to weave and to cache.
    System.out.println("cached=" + answer(1) + answer(1) + answer(2));
    System.out.println("bodies=" + bodies);
    List<ClassLoader> loaders = new ArrayList<>();
    loaders.add(Main.class.getClassLoader());
    loaders.add(Thread.currentThread().getContextClassLoader());
    loaders.add(ClassLoader.getPlatformClassLoader());
    int looked = 0;
    int hidden = 0;
    for (String name : Files.readAllLines(Path.of(arguments[0]))) {
      for (ClassLoader loader : loaders) {
        String found = found(name, loader);
        looked++;
        if (found.isEmpty()) {
          hidden++;
        } else {
          System.out.println("visible: " + name + ", " + found);
        }
      }
    }
    System.out.println("looked=" + looked);
    System.out.println("hidden=" + hidden);
  }

  @Cached
  private static int answer(int question) {
    bodies++;
    return question * 2;
  }

  private static String found(String name, ClassLoader loader) {
    if (loader.getResource(name.replace('.', '/') + ".class") != null) {
      return "resource in " + loader;
    }
    try {
      Class<?> type = Class.forName(name, false, loader);
      return "class of " + type.getClassLoader();
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      return "";
    }
  }
}
