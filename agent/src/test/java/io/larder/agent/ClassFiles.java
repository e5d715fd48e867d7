package io.larder.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Class files as the compiler wrote them. */
public final class ClassFiles {

  private ClassFiles() {}

  /** The class file of a class. */
  public static byte[] of(Class<?> type) {
    try (InputStream in =
        type.getResourceAsStream(
            type.getName().substring(type.getPackageName().length() + 1) + ".class")) {
      return in.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
