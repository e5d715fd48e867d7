package io.larder.it.apps.platform;

/** Nothing to cache. */
public final class Hello {

  private Hello() {}

  public static void main(String[] arguments) {
    System.out.println("hello");
  }
}
