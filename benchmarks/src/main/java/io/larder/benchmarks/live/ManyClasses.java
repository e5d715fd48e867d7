package io.larder.benchmarks.live;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Loads as many classes as a large service has, each a copy of one under another name. */
final class ManyClasses extends ClassLoader {

  private static final String DIGITS = "00000";

  private final byte[] template;

  ManyClasses() throws IOException {
    super(ManyClasses.class.getClassLoader());
    try (InputStream in = Numbered00000.class.getResourceAsStream("Numbered00000.class")) {
      template = in.readAllBytes();
    }
  }

  /** Loads and initialises classes with the numbers from 1 on. */
  void load(int count) throws ClassNotFoundException {
    for (int number = 1; number <= count; number++) {
      Class.forName(name(number), /* initialize= */ true, this);
    }
  }

  /** The name of one of them. */
  static String name(int number) {
    return Numbered00000.class.getName().replace(DIGITS, String.format("%05d", number));
  }

  @Override
  protected Class<?> findClass(String name) {
    byte[] classFile = template.clone();
    byte[] from = ("Numbered" + DIGITS).getBytes(StandardCharsets.US_ASCII);
    byte[] to = name.substring(name.lastIndexOf('.') + 1).getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at + from.length <= classFile.length; at++) {
      if (Arrays.equals(classFile, at, at + from.length, from, 0, from.length)) {
        System.arraycopy(to, 0, classFile, at, to.length);
      }
    }
    return defineClass(name, classFile, 0, classFile.length);
  }
}
