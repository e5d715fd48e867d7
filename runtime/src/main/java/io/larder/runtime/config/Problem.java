package io.larder.runtime.config;

/**
 * One thing that is wrong with a configuration file.
 *
 * @param fileName the file, as it was named to us
 * @param line where it stands, from 1
 * @param column from 1
 * @param text what is wrong and what is right, in one line
 */
public record Problem(String fileName, int line, int column, String text) {

  /** As compilers write it, so that editors and terminals make it a link. */
  @Override
  public String toString() {
    return fileName + ":" + line + ":" + column + ": " + text;
  }
}
