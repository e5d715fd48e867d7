package io.larder.benchmarks.live;

/** The template of many classes: {@link ManyClasses} puts other numbers into its name. */
@SuppressWarnings("unused") // called by what is made of it, and named in configurations
final class Numbered00000 {

  private Numbered00000() {}

  /** To be cached. */
  static long find(long key) {
    long mixed = key;
    for (int i = 0; i < 3; i++) {
      mixed = mixed * 31 + i;
    }
    return mixed;
  }

  /** Not to be cached. */
  static String text(long key) {
    return "number " + key;
  }
}
