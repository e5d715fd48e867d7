package com.acme.unchanged;

import java.io.IOException;

/** Keeps the application alive until the test has looked at it. */
final class End {

  private End() {}

  static void await() throws IOException {
    System.out.println("annotations=" + (seesAnnotations() ? "there" : "absent"));
    System.out.println("ready=true");
    System.in.read();
  }

  private static boolean seesAnnotations() {
    try {
      Class.forName("io.larder.Cached");
      return true;
    } catch (ClassNotFoundException expected) {
      return false;
    }
  }
}
