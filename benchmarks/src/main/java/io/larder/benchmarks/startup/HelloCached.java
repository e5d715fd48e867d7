package io.larder.benchmarks.startup;

import io.larder.Cached;

/** The smallest application that has a cache: what an agent costs when there is something to do. */
public final class HelloCached {

  private HelloCached() {}

  /** Says hello. */
  public static void main(String[] args) {
    System.out.println(greeting(args.length));
  }

  @Cached(name = "hello")
  static String greeting(int visitors) {
    return "hello " + visitors;
  }
}
