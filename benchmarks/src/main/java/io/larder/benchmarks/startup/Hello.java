package io.larder.benchmarks.startup;

/** The smallest application: what an agent costs when there is nothing to do for it. */
public final class Hello {

  private Hello() {}

  /** Says hello. */
  public static void main(String[] args) {
    System.out.println("hello");
  }
}
